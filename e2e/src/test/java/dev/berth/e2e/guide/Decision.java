package dev.berth.e2e.guide;

/** Whether and where the tests run a shell block. An HTML comment before the block decides; a block without one is run. */
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
