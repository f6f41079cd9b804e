package dev.berth.registry.command;

import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.storage.Stores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the running server is that a command asks. */
final class ManagementOptions {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description =
                    "The server's management port (default: the one that the server has written into its data folder, else the one in"
                            + " the configuration, else 5001).")
    private @Nullable Integer port;

    /** The server, which was not asked for anything yet. */
    RunningServer server() {
        var settings = data.settings();
        var configured = settings.management().address();
        return new RunningServer(
                port == null
                        ? Stores.server(settings.storage()).orElseGet(configured::local)
                        : new ListenAddress(configured.host(), port).local());
    }
}
