package dev.berth.operator.condition;

/** Where an object stands as a whole, in the three ways that kstatus tells apart. */
public sealed interface Verdict {

    /** One CamelCase word for programs; events use the same. */
    String reason();

    /** A sentence for people. */
    String message();

    /** It does what its spec says. */
    record Ready(String reason, String message) implements Verdict {}

    /** It doesn't yet; the operator is at work, or waits for something that can come by itself. */
    record InProgress(String reason, String message) implements Verdict {}

    /** It won't, until somebody does what the message says. */
    record Stalled(String reason, String message) implements Verdict {}
}
