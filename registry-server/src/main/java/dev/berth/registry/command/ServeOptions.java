package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.SettingsSource;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.port.TlsSettings;
import dev.berth.registry.management.ManagementSettings;
import dev.berth.registry.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings that `serve` takes as options, and the file that has the others. */
final class ServeOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with settings. Other options override it.")
    private @Nullable Path config;

    @Option(names = "--port", paramLabel = "N", description = "Port for images (default: 5000).")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address that the server listens on for images (default: 0.0.0.0, all addresses).")
    private @Nullable String host;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for all data (default: ./berth-data).")
    private @Nullable Path data;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "File of users with bcrypt passwords, as `users add` and `htpasswd -B` write it (default: none, the"
                            + " registry is open to everybody).")
    private @Nullable Path users;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM file of the certificate and its chain (default: none, the server uses plain HTTP).")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file of the private key.")
    private @Nullable Path key;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Port for health, metrics and status (default: 5001).")
    private @Nullable Integer managementPort;

    @Option(
            names = "--management-host",
            paramLabel = "ADDRESS",
            description = "Address for health, metrics and status (default: 127.0.0.1).")
    private @Nullable String managementHost;

    @Mixin
    private final MirrorOptions mirrors = new MirrorOptions();

    ServeOptions() {}

    ServeOptions(Path config) {
        this.config = config;
    }

    /** The configuration file, if there is one, overridden by the options. */
    SettingsSource source() {
        return new SettingsSource(Optional.ofNullable(config).map(SettingsFile::new), this::over);
    }

    /** The settings, overridden by the options. */
    ServerSettings over(ServerSettings written) {
        return new ServerSettings(
                written.http().at(address(host, port, written.http().address())),
                new ManagementSettings(address(
                        managementHost, managementPort, written.management().address())),
                Optional.ofNullable(data).map(written.storage()::in).orElse(written.storage()),
                TlsSettings.of(Optional.ofNullable(certificate), Optional.ofNullable(key))
                        .or(written::tls),
                Optional.ofNullable(users).map(written.access()::withUsers).orElse(written.access()),
                written.maintenance(),
                mirrors.over(written.mirrors()),
                written.log());
    }

    /**
     * Checks the files that the options name for mirrors.
     *
     * @throws dev.berth.registry.settings.InvalidSettings if one can't be used
     */
    void requireUsableFiles(ServerSettings settings) {
        mirrors.requireUsableFiles(settings.mirrors());
    }

    private static ListenAddress address(@Nullable String host, @Nullable Integer port, ListenAddress written) {
        return new ListenAddress(host == null ? written.host() : host, port == null ? written.port() : port);
    }
}
