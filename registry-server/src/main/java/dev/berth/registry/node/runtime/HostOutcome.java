package dev.berth.registry.node.runtime;

/** How it went with one host on this node. */
public sealed interface HostOutcome {
    /** The runtime has it as wanted. */
    record Configured() implements HostOutcome {}

    /** Somebody else configured this host; what they wrote stands. */
    record Conflict(String message) implements HostOutcome {}

    /** It could not be read or written; it is tried again. */
    record Failed(String message) implements HostOutcome {}
}
