package dev.berth.registry.command.console;

/** Exit codes that several commands share, and their lines in the help. */
public final class ExitCodes {
    public static final String HEADING = "%nExit codes:%n";
    public static final String USAGE = "2:an option or an argument is wrong";

    /** The command finished and printed problems. */
    public static final int INCOMPLETE = 3;

    /** The command finished, but a pattern that it was given matches nothing. */
    public static final int UNMATCHED = 4;

    private ExitCodes() {}
}
