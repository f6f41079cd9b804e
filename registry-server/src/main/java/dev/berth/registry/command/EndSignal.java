package dev.berth.registry.command;

/**
 * Ends the process with exit code 0 after SIGTERM or SIGINT, once its work is finished. The JVM's own exit code would say that it was killed.
 */
final class EndSignal {
    /** The work before the end. Returns false if the process ends for another reason, whose exit code then counts. */
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
