package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.blob.Uploads;
import java.util.Map;

/**
 * How much is stored. Triggers of the schema keep the counts, and nothing else reads or writes them. A count may have several rows, whose
 * values are added up: where transactions run side by side, a schema gives each of them another row, so that pushes don't wait for each
 * other. SQLite has one writer, and one row per count.
 */
public final class Totals {
    private final Database database;
    private final Uploads uploads;

    Totals(Database database, Uploads uploads) {
        this.database = database;
        this.uploads = uploads;
    }

    /** How many bytes are stored: blobs, each counted once, manifests, and unfinished uploads. */
    public long storedBytes() {
        var counts = read();
        return counts.blobBytes() + counts.manifestBytes() + uploads.bytes();
    }

    /** Reads all counts; this reads a few rows, whatever is stored. */
    public Counts read() {
        var totals =
                database.read(handle -> handle.createQuery("select name, sum(value) as value from totals group by name")
                        .setMapKeyColumn("name")
                        .setMapValueColumn("value")
                        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, Long>>() {}));
        return new Counts(
                totals.getOrDefault("repositories", 0L),
                totals.getOrDefault("tags", 0L),
                totals.getOrDefault("manifests", 0L),
                totals.getOrDefault("blobs", 0L),
                totals.getOrDefault("blob_bytes", 0L),
                totals.getOrDefault("manifest_bytes", 0L),
                totals.getOrDefault("uploads", 0L) + uploads.countFresh());
    }
}
