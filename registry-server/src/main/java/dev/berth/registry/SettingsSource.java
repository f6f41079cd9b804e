package dev.berth.registry;

import dev.berth.registry.settings.SettingsFile;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the settings come from: a configuration file, if there is one, and over it what the command line says.
 *
 * @param flags puts the command line's words in; they win over the file each time it's read
 */
public record SettingsSource(Optional<SettingsFile> file, UnaryOperator<ServerSettings> flags) {
    /** What they are now. @throws dev.berth.registry.settings.InvalidSettings for what isn't right */
    public ServerSettings read() {
        return Configuration.load(this).settings();
    }

    /** Settings that no file says and that never change. */
    public static SettingsSource of(ServerSettings settings) {
        return new SettingsSource(Optional.empty(), _ -> settings);
    }
}
