package dev.berth.registry.metadata;

import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.metadata.blob.Leases;
import dev.berth.registry.metadata.blob.PendingDeletions;
import dev.berth.registry.metadata.blob.Uploads;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.manifest.Referrers;
import dev.berth.registry.metadata.manifest.StoredManifests;
import dev.berth.registry.metadata.manifest.Tags;
import dev.berth.registry.metadata.mirror.MirrorSyncs;
import dev.berth.registry.metadata.mirror.Mirrored;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.UnreferencedManifests;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The open metadata of a registry. For any thread; calls block. */
public final class Metadata implements AutoCloseable {
    private final Database database;
    private final Leases leases;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Manifests manifests;
    private final Tags tags;
    private final Mirrored mirrored;
    private final Adoptions adoptions;

    /**
     * Reads and writes the tables of a database, and closes it in the end.
     *
     * @param coordination of all servers that have this database open
     * @param lease        how long a blob is kept that no manifest names yet
     */
    public Metadata(Database database, Coordination coordination, Clock clock, Duration lease) {
        this.database = database;
        this.leases = new Leases(database, coordination, clock, lease);
        this.uploads = new Uploads(database, coordination.newUploads(), clock);
        this.blobs = new Blobs(database, coordination, leases, uploads);
        this.manifests = new Manifests(database, coordination, clock);
        this.tags = new Tags(database, coordination);
        this.mirrored = new Mirrored(database, coordination, clock);
        this.adoptions = new Adoptions(database, coordination, clock);
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

    public UnreferencedManifests unreferencedManifests() {
        return new UnreferencedManifests(database);
    }

    public Forecasts forecasts() {
        return new Forecasts(database);
    }

    public StoredManifests storedManifests() {
        return new StoredManifests(database);
    }

    /** Checks the whole database. Returns its own messages; none if it is sound. */
    public List<String> faults() {
        return database.faults();
    }

    public PendingDeletions pendingDeletions() {
        return new PendingDeletions(database);
    }

    public Tags tags() {
        return tags;
    }

    public Mirrored mirrored() {
        return mirrored;
    }

    public Adoptions adoptions() {
        return adoptions;
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

    /** Reads one row. Throws {@link DatabaseException} if the database cannot be read. */
    public void probe() {
        database.read(handle -> handle.createQuery("select exists (select 1 from repositories)")
                .mapTo(Boolean.class)
                .one());
    }

    /** Waits for running changes, then closes the database. */
    @Override
    public void close() {
        database.close();
    }
}
