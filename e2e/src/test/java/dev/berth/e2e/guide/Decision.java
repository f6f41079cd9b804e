package dev.berth.e2e.guide;

/** What the tests do with a shell block. A comment before the block says it; without a comment, it is run. */
public sealed interface Decision {
    /** It is run on a machine without a cluster. */
    record Run() implements Decision {}

    /** It is run by the suites on a cluster. */
    record OnCluster() implements Decision {}

    /** It is not run, because `reason`. */
    record Skip(String reason) implements Decision {}

    /** Nobody can tell whether it is to be run: `problem` says what the page must change. */
    record Missing(String problem) implements Decision {}
}
