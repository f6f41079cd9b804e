package dev.berth.registry.node.restart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;

/** systemd, over the node's system bus (org.freedesktop.systemd1(5)). systemd lets root do this without any capability. */
public final class Systemd implements NodeServices {
    /** The system bus on the node. */
    public static final String SOCKET = "/run/dbus/system_bus_socket";

    private static final String NAME = "org.freedesktop.systemd1";
    private static final String PATH = "/org/freedesktop/systemd1";
    private static final String UNIT = NAME + ".Unit";

    private final Path socket;

    /** The part of the interface of systemd that is used here. It is public because dbus-java requires that. */
    @DBusInterfaceName(NAME + ".Manager")
    public interface Units extends DBusInterface {
        @DBusMemberName("LoadUnit")
        DBusPath loadUnit(String name);

        @DBusMemberName("ResetFailedUnit")
        void resetFailedUnit(String name);

        @DBusMemberName("RestartUnit")
        DBusPath restartUnit(String name, String mode);
    }

    private interface Question<T> {
        T ask(DBusConnection bus) throws DBusException;
    }

    /** @param socket the system bus, such as `/run/dbus/system_bus_socket` */
    public Systemd(Path socket) {
        this.socket = socket;
    }

    @Override
    public UnitState state(String unit) throws IOException {
        return ask(bus -> {
            var path = units(bus).loadUnit(unit).getPath();
            var properties = bus.getRemoteObject(NAME, path, Properties.class);
            var loaded = properties.<String>Get(UNIT, "LoadState");
            if (!loaded.equals("loaded")) {
                throw new DBusException("its unit " + unit + " is " + loaded);
            }
            var active = properties.<String>Get(UNIT, "ActiveState");
            var since = properties.<Number>Get(UNIT, "ActiveEnterTimestampMonotonic");
            return new UnitState(active, since.longValue());
        });
    }

    @Override
    public void restart(String unit) throws IOException {
        ask(bus -> {
            var units = units(bus);
            units.loadUnit(unit);
            units.resetFailedUnit(unit);
            return units.restartUnit(unit, "replace");
        });
    }

    private static Units units(DBusConnection bus) throws DBusException {
        return bus.getRemoteObject(NAME, PATH, Units.class);
    }

    private <T> T ask(Question<T> question) throws IOException {
        if (Files.notExists(socket)) {
            throw new IOException("there is no " + socket + " by which systemd can be asked");
        }
        try (var bus = DBusConnectionBuilder.forAddress("unix:path=" + socket)
                .withShared(false)
                .build()) {
            return question.ask(bus);
        } catch (DBusException | DBusExecutionException e) {
            throw new IOException("systemd says: " + e.getMessage(), e);
        }
    }
}
