package dev.berth.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives a suite a {@link dev.berth.e2e.cluster.Cluster}. Suites that need the same number of nodes share one, unless they are alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
@interface OnCluster {
    /** The number of nodes of a cluster that the suites start. */
    int nodes();

    /** Whether the suite gets a cluster of its own, which ends with it, because it changes nodes in a way that others do not expect. */
    boolean alone() default false;
}
