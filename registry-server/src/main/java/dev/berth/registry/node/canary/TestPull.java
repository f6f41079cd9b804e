package dev.berth.registry.node.canary;

/** The result of pulling the tiny image of a host. */
public sealed interface TestPull {
    /** The runtime has pulled it. */
    record Works() implements TestPull {}

    /** The runtime cannot pull from this host; `why` is what it says. */
    record Fails(String why) implements TestPull {}

    /** It is unknown whether it can, for example because the registry has no such image. */
    record NotChecked(String why) implements TestPull {}

    /** The agent makes no test pull on this node from any host: it reaches no runtime, or another one. `why` names no host. */
    record Unavailable(String why) implements TestPull {}
}
