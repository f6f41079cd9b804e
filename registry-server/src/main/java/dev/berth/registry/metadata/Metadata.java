package dev.berth.registry.metadata;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The metadata of a registry, opened. For any thread; calls block. */
public final class Metadata implements AutoCloseable {

    private final Database database;
    private final Leases leases;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Manifests manifests;
    private final Tags tags;
    private final Mirrored mirrored;
    private final MirrorAdoptions mirrorAdoptions;

    Metadata(Database database, Clock clock, Duration lease) {
        this.database = database;
        this.leases = new Leases(database, clock, lease);
        this.uploads = new Uploads(database, clock);
        this.blobs = new Blobs(database, leases, uploads);
        ManifestCache cache = new ManifestCache();
        this.manifests = new Manifests(database, clock, cache);
        this.tags = new Tags(database, cache);
        this.mirrored = new Mirrored(database, clock, cache);
        this.mirrorAdoptions = new MirrorAdoptions(database, clock, cache);
    }

    /**
     * Opens a SQLite file, made when absent, and brings its schema up to date.
     *
     * @param lease how long a blob is kept that no manifest names yet
     */
    public static Metadata open(Path file, Clock clock, Duration lease) {
        return new Metadata(SqliteDatabase.open(file), clock, lease);
    }

    /** Reads a file that another process has open and writes to. What would change something throws {@link MetadataException}. */
    public static Metadata beside(Path file, Clock clock, Duration lease) {
        return new Metadata(SqliteReading.open(file), clock, lease);
    }

    /** Reads a file that nobody has open, on a mount that nobody can write to. */
    public static Metadata readOnly(Path file, Clock clock, Duration lease) {
        return new Metadata(SqliteReading.openReadOnly(file), clock, lease);
    }

    public Repositories repositories() {
        return new Repositories(database);
    }

    public Blobs blobs() {
        return blobs;
    }

    public Leases leases() {
        return leases;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Manifests manifests() {
        return manifests;
    }

    public Referrers referrers() {
        return new Referrers(database);
    }

    public LooseManifests looseManifests() {
        return new LooseManifests(database);
    }

    public Forecasts forecasts() {
        return new Forecasts(database);
    }

    public StoredManifests storedManifests() {
        return new StoredManifests(database);
    }

    public Integrity integrity() {
        return new Integrity(database);
    }

    public Removals removals() {
        return new Removals(database);
    }

    public Tags tags() {
        return tags;
    }

    public Mirrored mirrored() {
        return mirrored;
    }

    public MirrorAdoptions mirrorAdoptions() {
        return mirrorAdoptions;
    }

    public MirrorSyncs mirrorSyncs() {
        return new MirrorSyncs(database);
    }

    public BuildTimes buildTimes() {
        return new BuildTimes(database);
    }

    public Totals totals() {
        return new Totals(database, uploads);
    }

    /** Reads something. Throws {@link MetadataException} when that can't be done. */
    public void probe() {
        database.read(handle -> handle.createQuery("select count(*) from sqlite_master")
                .mapTo(Long.class)
                .one());
    }

    /** Lets running writes end. */
    @Override
    public void close() {
        database.close();
    }
}
