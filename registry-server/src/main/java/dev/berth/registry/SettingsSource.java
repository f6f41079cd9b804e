package dev.berth.registry;

import dev.berth.registry.settings.SettingsFile;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The source of the settings: a configuration file, if there is one, and the command line, which overrides it.
 *
 * @param flags applies the options of the command line, each time the file is read
 */
public record SettingsSource(Optional<SettingsFile> file, UnaryOperator<ServerSettings> flags) {
    /**
     * Reads the settings.
     *
     * @throws dev.berth.registry.settings.InvalidSettings when they are not valid
     */
    public ServerSettings read() {
        return Configuration.load(this).settings();
    }

    /** Settings from no file, which never change. */
    public static SettingsSource of(ServerSettings settings) {
        return new SettingsSource(Optional.empty(), _ -> settings);
    }
}
