package dev.berth.operator.condition;

/** The state of an object as a whole, in the three ways that kstatus distinguishes. */
public sealed interface Verdict {
    /** One CamelCase word for programs; events use the same. */
    String reason();

    /** A sentence for people. */
    String message();

    /** The object is as its spec asks. */
    record Ready(String reason, String message) implements Verdict {}

    /**
     * The object is not as its spec asks yet. The operator works on it, or waits for something that can happen
     * without a change of the spec.
     */
    record InProgress(String reason, String message) implements Verdict {}

    /** The object stays as it is until somebody does what the message says. */
    record Stalled(String reason, String message) implements Verdict {}
}
