package dev.berth.registry.node.runtime;

/** The result of setting up one host on this node. */
public sealed interface HostOutcome {
    /** The host is set up. */
    record Configured() implements HostOutcome {}

    /** Somebody else has configured this host; their files stay. */
    record Conflict(String message) implements HostOutcome {}

    /** A file could not be read or written; the agent tries again. */
    record Failed(String message) implements HostOutcome {}

    /** This runtime has no way to reach the host as it is in the list; the message says what else a person can do. Nothing was written. */
    record Unsupported(String message) implements HostOutcome {}
}
