package dev.berth.registry.command;

/** What the commands' exit codes have in common, for their help. */
final class ExitCodes {
    static final String HEADING = "%nExit codes:%n";
    static final String USAGE = "2:an option or an argument isn't right";

    /** The command went to its end, and named what is not as it should be. */
    static final int INCOMPLETE = 3;

    private ExitCodes() {}
}
