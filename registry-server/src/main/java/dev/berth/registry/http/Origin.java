package dev.berth.registry.http;

/** The port by which a request came in. */
public enum Origin {
    /** The port that nodes and pods use. */
    CLUSTER,
    /** The port for clients from outside of the cluster. */
    OUTSIDE
}
