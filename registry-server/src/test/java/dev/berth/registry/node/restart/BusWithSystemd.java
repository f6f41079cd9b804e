package dev.berth.registry.node.restart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** A system bus on which something answers as systemd does about one unit, `containerd.service`. */
public final class BusWithSystemd implements AutoCloseable {
    private static final long START_MILLIS = 10_000;
    private static final String UNITS = "/org/freedesktop/systemd1/unit/";

    private final EmbeddedDBusDaemon daemon;
    private final DBusConnection connection;
    private final List<String> calls;

    /** What a restart of the unit does. */
    public interface Restart {
        void run();
    }

    private BusWithSystemd(EmbeddedDBusDaemon daemon, DBusConnection connection, List<String> calls) {
        this.daemon = daemon;
        this.connection = connection;
        this.calls = calls;
    }

    static BusWithSystemd start(Path socket) throws DBusException {
        return start(socket, () -> {});
    }

    public static BusWithSystemd start(Path socket, Restart restart) throws DBusException {
        var daemon = new EmbeddedDBusDaemon("unix:path=" + socket + ",listen=true");
        daemon.startInBackgroundAndWait(START_MILLIS);
        var connection = DBusConnectionBuilder.forAddress("unix:path=" + socket)
                .withShared(false)
                .build();
        var calls = new CopyOnWriteArrayList<String>();
        connection.requestBusName("org.freedesktop.systemd1");
        var unit = new Unit("loaded", "active");
        connection.exportObject("/org/freedesktop/systemd1", new Answers(calls, () -> {
            restart.run();
            unit.since.incrementAndGet();
        }));
        connection.exportObject(UNITS + "containerd_2eservice", unit);
        connection.exportObject(UNITS + "other_2eservice", new Unit("not-found", "inactive"));
        connection.exportObject(UNITS + "masked_2eservice", new Unit("masked", "inactive"));
        return new BusWithSystemd(daemon, connection, calls);
    }

    /** How often the unit was restarted. */
    public long restarts() {
        return calls.stream().filter(call -> call.startsWith("restart ")).count();
    }

    List<String> calls() {
        return calls;
    }

    @Override
    public void close() throws IOException {
        connection.disconnect();
        daemon.close();
    }

    private record Answers(List<String> calls, Restart restart) implements Systemd.Units {
        @Override
        public DBusPath loadUnit(String name) {
            return new DBusPath(UNITS + name.replace(".", "_2e"));
        }

        @Override
        public void resetFailedUnit(String name) {
            calls.add("reset " + name);
        }

        @Override
        public DBusPath restartUnit(String name, String mode) {
            if (name.startsWith("masked")) {
                throw new DBusExecutionException("Unit " + name + " is masked.");
            }
            calls.add("restart " + name + " " + mode);
            restart.run();
            return new DBusPath("/org/freedesktop/systemd1/job/1");
        }

        @Override
        public String getObjectPath() {
            return "/org/freedesktop/systemd1";
        }
    }

    private static final class Unit implements Properties {
        private final Map<String, String> states;
        private final AtomicLong since = new AtomicLong(1);

        Unit(String loaded, String active) {
            states = Map.of("LoadState", loaded, "ActiveState", active);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library's own form
        public <A> A Get(String type, String name) {
            return (A)
                    (name.equals("ActiveEnterTimestampMonotonic")
                            ? new UInt64(since.get())
                            : states.getOrDefault(name, ""));
        }

        @Override
        public <A> void Set(String type, String name, A value) {
            throw new DBusExecutionException("read-only");
        }

        @Override
        public Map<String, Variant<?>> GetAll(String type) {
            return Map.of();
        }

        @Override
        public String getObjectPath() {
            return "";
        }
    }
}
