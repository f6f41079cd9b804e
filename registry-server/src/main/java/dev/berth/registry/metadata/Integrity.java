package dev.berth.registry.metadata;

import java.util.List;
import java.util.stream.Stream;

/** The database's own opinion of itself. Reads all of it. */
public final class Integrity {

    private static final String SOUND = "ok";

    private final Database database;

    Integrity(Database database) {
        this.database = database;
    }

    /** What is wrong, in its words; nothing when it is sound. */
    public List<String> faults() {
        return database.read(handle -> Stream.concat(
                        handle.createQuery("pragma integrity_check(100)").mapTo(String.class).list().stream()
                                .filter(line -> !line.equals(SOUND)),
                        handle
                                .createQuery("pragma foreign_key_check")
                                .map((row, context) -> "a row of " + row.getString("table") + " refers to nothing in "
                                        + row.getString("parent"))
                                .list()
                                .stream())
                .toList());
    }
}
