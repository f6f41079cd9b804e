package dev.berth.registry.command.console;

/** What the commands' exit codes have in common, for their help. */
public final class ExitCodes {
    public static final String HEADING = "%nExit codes:%n";
    public static final String USAGE = "2:an option or an argument isn't right";

    /** The command went to its end, and named what is not as it should be. */
    public static final int INCOMPLETE = 3;

    private ExitCodes() {}
}
