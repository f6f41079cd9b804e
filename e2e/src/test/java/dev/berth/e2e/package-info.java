/** Suites that run on a real cluster. They work with every implementation of {@link dev.berth.e2e.cluster.Cluster}. */
@NullMarked
package dev.berth.e2e;

import org.jspecify.annotations.NullMarked;
