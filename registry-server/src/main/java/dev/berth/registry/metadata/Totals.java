package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import java.util.Map;

/** How much there is. */
public final class Totals {

    private final Database database;
    private final Uploads uploads;

    Totals(Database database, Uploads uploads) {
        this.database = database;
        this.uploads = uploads;
    }

    public Counts read() {
        Map<String, Long> totals = database.read(handle -> handle.createQuery("select name, value from totals")
                .setMapKeyColumn("name")
                .setMapValueColumn("value")
                .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, Long>>() {}));
        return new Counts(
                totals.getOrDefault("repositories", 0L),
                totals.getOrDefault("tags", 0L),
                totals.getOrDefault("manifests", 0L),
                totals.getOrDefault("blobs", 0L),
                totals.getOrDefault("blob_bytes", 0L),
                totals.getOrDefault("uploads", 0L) + uploads.countFresh());
    }
}
