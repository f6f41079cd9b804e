package dev.berth.registry.cri;

/** The result of looking for a container runtime that answers on one of several sockets. */
public sealed interface FoundRuntime {
    /** A runtime that offers version 1 of CRI. */
    record Found(CriClient client, RuntimeVersion version) implements FoundRuntime {}

    /** There is none; `why` says what was found instead. */
    record None(String why) implements FoundRuntime {}
}
