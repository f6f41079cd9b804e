package dev.berth.registry.node.machine;

import dev.berth.registry.node.restart.BusWithSystemd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.freedesktop.dbus.exceptions.DBusException;

/** A containerd on a machine with a system bus, by which an agent can restart it. */
final class ManagedContainerd implements AutoCloseable {
    private final Path folder;
    private final BusWithSystemd bus;
    private volatile ContainerdEngine engine;

    private ManagedContainerd(ContainerdEngine engine, Path folder, Path socket) throws DBusException {
        this.engine = engine;
        this.folder = folder;
        this.bus = BusWithSystemd.start(socket, this::restart);
    }

    static ManagedContainerd start(Machine machine, Path folder, Optional<String> configuration)
            throws IOException, DBusException {
        var socket = Files.createTempDirectory(folder, "bus").resolve("socket");
        var engine = ContainerdEngine.start(machine, folder, configuration);
        machine.link(socket, "/run/dbus/system_bus_socket");
        return new ManagedContainerd(engine, folder, socket);
    }

    private void restart() {
        try {
            engine = engine.restart(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> agentOptions() {
        return Stream.concat(engine.agentOptions().stream(), Stream.of("--manage-runtime-config"))
                .toList();
    }

    ContainerdEngine engine() {
        return engine;
    }

    long restarts() {
        return bus.restarts();
    }

    @Override
    public void close() throws IOException {
        bus.close();
        engine.close();
    }
}
