package dev.berth.registry.command;

/** What the commands' exit codes have in common, for their help. */
final class ExitCodes {
    static final String HEADING = "%nExit codes:%n";
    static final String USAGE = "2:an option or an argument isn't right";

    private ExitCodes() {}
}
