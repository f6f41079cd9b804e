package dev.berth.registry.http;

/** Where requests come from, by the port that they come in at. */
enum Origin {
    /** The port that nodes and pods use. */
    CLUSTER,
    /** The port for clients from outside of the cluster. */
    OUTSIDE
}
