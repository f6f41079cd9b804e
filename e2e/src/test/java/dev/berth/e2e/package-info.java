/** Suites that run on a real cluster, written once for whatever stands behind {@link dev.berth.e2e.cluster.Cluster}. */
@NullMarked
package dev.berth.e2e;

import org.jspecify.annotations.NullMarked;
