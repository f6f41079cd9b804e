/** The clusters that suites run against: Kind nodes in containers, or one that a kubeconfig names. */
@NullMarked
package dev.berth.e2e.cluster;

import org.jspecify.annotations.NullMarked;
