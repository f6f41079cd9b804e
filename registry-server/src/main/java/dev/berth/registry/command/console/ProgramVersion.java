package dev.berth.registry.command.console;

import dev.berth.registry.BerthVersion;
import picocli.CommandLine.IVersionProvider;

/** The answer to `--version`. */
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"berth-registry " + BerthVersion.current()};
    }
}
