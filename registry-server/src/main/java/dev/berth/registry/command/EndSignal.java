package dev.berth.registry.command;

/**
 * Lets a process that is told to end (SIGTERM, SIGINT) end with 0 when it could do what it wanted to before; the JVM's own code would say that it
 * was killed.
 */
final class EndSignal {
    /** What is done before the end; says false when something else has ended the process, whose exit code then counts. */
    @FunctionalInterface
    interface Ending {
        boolean end() throws InterruptedException;
    }

    private EndSignal() {}

    static void then(Ending ending) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> run(ending), "ending"));
    }

    private static void run(Ending ending) {
        try {
            if (ending.end()) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
