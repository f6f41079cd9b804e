package dev.berth.registry.database;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** SQLite's own checks of the whole file (sqlite.org, "PRAGMA integrity_check" and "PRAGMA foreign_key_check"). */
final class SqliteIntegrity {
    private static final String SOUND = "ok";

    private SqliteIntegrity() {}

    static List<String> faults(Handle handle) {
        return Stream.concat(
                        handle.createQuery("pragma integrity_check(100)").mapTo(String.class).list().stream()
                                .filter(line -> !line.equals(SOUND)),
                        handle
                                .createQuery("pragma foreign_key_check")
                                .map((row, context) -> "a row of " + row.getString("table") + " refers to nothing in "
                                        + row.getString("parent"))
                                .list()
                                .stream())
                .toList();
    }
}
