package dev.berth.registry;

import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.api.HttpSettings;
import dev.berth.registry.http.port.TlsSettings;
import dev.berth.registry.logging.LogSettings;
import dev.berth.registry.maintenance.MaintenanceSettings;
import dev.berth.registry.management.ManagementSettings;
import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.UploadSettings;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings of the server, one record for each concern; absent settings have defaults. */
public record ServerSettings(
        HttpSettings http,
        ManagementSettings management,
        StorageSettings storage,
        Optional<TlsSettings> tls,
        AccessSettings access,
        MaintenanceSettings maintenance,
        List<MirrorSettings> mirrors,
        LogSettings log) {
    /** The data folder in the working directory, so that the server runs without any argument. */
    static final Path DEFAULT_DATA = Path.of("berth-data");

    public static final ServerSettings DEFAULT = new ServerSettings(
            HttpSettings.DEFAULT,
            ManagementSettings.DEFAULT,
            new StorageSettings(DEFAULT_DATA),
            Optional.empty(),
            AccessSettings.OPEN,
            MaintenanceSettings.DEFAULT,
            LogSettings.DEFAULT);

    public ServerSettings {
        mirrors = MirrorSettings.distinct(mirrors);
    }

    /** Settings without mirrors. */
    public ServerSettings(
            HttpSettings http,
            ManagementSettings management,
            StorageSettings storage,
            Optional<TlsSettings> tls,
            AccessSettings access,
            MaintenanceSettings maintenance,
            LogSettings log) {
        this(http, management, storage, tls, access, maintenance, List.of(), log);
    }

    /**
     * Reads a configuration file alone: neither the command line nor the files that it names.
     *
     * @throws InvalidSettings when it can't be read or is not valid
     */
    public static ServerSettings in(Path file) {
        return new SettingsFile(file).parse(FileContents.read(List.of(file)).of(file), ServerSettings::from);
    }

    /** Reads the top level of the configuration file. */
    public static ServerSettings from(Section section) {
        return new ServerSettings(
                section.section("http", HttpSettings::from).orElse(DEFAULT.http),
                section.section("management", ManagementSettings::from).orElse(DEFAULT.management),
                section.section("storage", ServerSettings::storage).orElse(DEFAULT.storage),
                section.section("tls", TlsSettings::from),
                section.section("access", AccessSettings::from).orElse(DEFAULT.access),
                section.section("maintenance", MaintenanceSettings::from).orElse(DEFAULT.maintenance),
                section.sections("mirrors", MirrorSettings::from).orElse(DEFAULT.mirrors),
                section.section("log", LogSettings::from).orElse(DEFAULT.log));
    }

    /**
     * Checks the settings of file and command line together.
     *
     * @throws InvalidSettings when they contradict each other
     */
    public ServerSettings checked() {
        if (http.address().overlaps(management.address())) {
            throw new InvalidSettings("Images and the management port can't both be served on port "
                    + http.address().port()
                    + "; give one of them another (`http.port`, --port, or `management.port`, --management-port).");
        }
        http.requireExternalPortOfItsOwn(management.address());
        if (access.open()) {
            MirrorSettings.requirePublic(mirrors);
        }
        return this;
    }

    /** These settings with another data folder. */
    public ServerSettings withData(Path folder) {
        return new ServerSettings(http, management, storage.in(folder), tls, access, maintenance, mirrors, log);
    }

    /** The files whose changes take effect while the server runs, in the order of the revision's hash. */
    List<Path> files() {
        return Stream.concat(
                        Stream.concat(access.users().stream(), access.passwordKeys().stream()),
                        tls.stream().flatMap(pair -> Stream.of(pair.certificate(), pair.key())))
                .toList();
    }

    private static StorageSettings storage(Section section) {
        return new StorageSettings(
                section.section("filesystem", filesystem -> filesystem.text("path"))
                        .flatMap(path -> path)
                        .map(Path::of)
                        .orElse(DEFAULT.storage.folder()),
                section.duration("lease").orElse(DEFAULT.storage.lease()),
                section.section("uploads", ServerSettings::uploads).orElse(DEFAULT.storage.uploads()),
                StorageSettings.DEFAULT_SMALL_BYTES,
                section.bytes("maxBytes"));
    }

    private static UploadSettings uploads(Section section) {
        var perUser = section.integer("perUser").orElse(UploadSettings.DEFAULT.perUser());
        if (perUser < 1) {
            throw section.wrong("perUser", "at least 1");
        }
        return new UploadSettings(section.duration("expiry").orElse(UploadSettings.DEFAULT.expiry()), perUser);
    }
}
