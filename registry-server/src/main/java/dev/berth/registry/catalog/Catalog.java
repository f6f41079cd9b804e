package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.content.FilesystemBlobStore;
import dev.berth.registry.content.FolderAudit;
import dev.berth.registry.content.Space;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.metadata.BuildTimes;
import dev.berth.registry.metadata.Counts;
import dev.berth.registry.metadata.Forecast;
import dev.berth.registry.metadata.Integrity;
import dev.berth.registry.metadata.Leases;
import dev.berth.registry.metadata.LooseManifests;
import dev.berth.registry.metadata.Manifests;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.MetadataException;
import dev.berth.registry.metadata.MirrorSyncs;
import dev.berth.registry.metadata.Mirrored;
import dev.berth.registry.metadata.Referrers;
import dev.berth.registry.metadata.Repositories;
import dev.berth.registry.metadata.Tags;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All that is stored, opened from its settings. For any thread; calls block. */
public final class Catalog implements AutoCloseable {

    private final DataFolder folder;
    private final BlobStore content;
    private final Metadata metadata;
    private final PushBlob pushBlob;
    private final ExpireUploads expireUploads;
    private final RemoveBlobs removeBlobs;
    private final CheckBlobs checkBlobs;
    private final ManifestReading reading = new ManifestReading();
    private final StorageSettings settings;
    private final StorageRoom room;

    private Catalog(DataFolder folder, BlobStore content, Metadata metadata, Opening opening) {
        this.folder = folder;
        this.content = content;
        this.metadata = metadata;
        this.settings = opening.settings();
        this.room = opening.room();
        DigestLocks locks = new DigestLocks();
        StoreBlob store = new StoreBlob(content, metadata.blobs(), locks, settings.smallBytes());
        UploadSettings uploads = settings.uploads();
        this.pushBlob = new PushBlob(content, metadata.uploads(), store, uploads, opening.random()).within(room);
        this.expireUploads = new ExpireUploads(pushBlob, metadata.uploads(), uploads.expiry());
        this.checkBlobs = new CheckBlobs(new FolderAudit(folder.path()), metadata, locks);
        this.removeBlobs = new RemoveBlobs(content, metadata.blobs(), metadata.removals(), locks);
    }

    private record Opening(StorageSettings settings, Clock clock, RandomGenerator random, StorageRoom room) {}

    /**
     * Opens the data folder, brings its schema up to date and clears what a crash has left.
     *
     * @param random names uploads, so strangers must not be able to guess what it gives
     * @throws StorageUnavailable with what to do, when the folder is another server's, or can't be used
     */
    public static Catalog open(StorageSettings settings, Clock clock, RandomGenerator random) {
        DataFolder folder = DataFolder.take(settings.folder());
        StorageRoom room = StorageRoom.of(folder.path());
        try {
            return open(folder, new Opening(settings, clock, random, room));
        } catch (ContentException | MetadataException e) {
            folder.close();
            throw new StorageUnavailable(
                    "the data folder " + folder.path() + " can't be used: "
                            + room.tooLittleToStart().orElseGet(() -> String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** The same, of a folder that must have been a registry's before. */
    public static Catalog openExisting(StorageSettings settings, Clock clock, RandomGenerator random) {
        requireData(settings);
        return open(settings, clock, random);
    }

    /**
     * Opens the data of a registry for reading. Where they can be written, this process takes them, as {@link #openExisting} does; on a
     * read-only mount nothing is written at all.
     *
     * @throws StorageInUse while a server has them; {@link #beside} reads them then
     */
    public static Catalog openToRead(StorageSettings settings, Clock clock, RandomGenerator random) {
        requireData(settings);
        if (Files.isWritable(settings.folder())) {
            return open(settings, clock, random);
        }
        return DataFolder.isTaken(settings.folder())
                ? beside(settings, clock)
                : reading(
                        settings,
                        clock,
                        () -> Metadata.readOnly(DataFolder.database(settings.folder()), clock, settings.lease()));
    }

    private static void requireData(StorageSettings settings) {
        if (!Files.isRegularFile(DataFolder.database(settings.folder()))) {
            throw new StorageUnavailable(
                    "there is no registry's data in " + settings.folder() + "; --data or --config say where they are");
        }
    }

    /** Reads the data of a server that runs, beside it: what is stored meanwhile is seen, what goes meanwhile is gone. Nothing can be stored. */
    public static Catalog beside(StorageSettings settings, Clock clock) {
        return reading(
                settings,
                clock,
                () -> Metadata.beside(DataFolder.database(settings.folder()), clock, settings.lease()));
    }

    private static Catalog reading(StorageSettings settings, Clock clock, Supplier<Metadata> metadata) {
        DataFolder folder = DataFolder.beside(settings.folder());
        try {
            return new Catalog(
                    folder,
                    FilesystemBlobStore.beside(folder.path()),
                    metadata.get(),
                    new Opening(settings, clock, new Random(0), StorageRoom.unwatched(folder.path())));
        } catch (MetadataException e) {
            throw new StorageUnavailable("the data folder " + folder.path() + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Catalog open(DataFolder folder, Opening opening) {
        BlobStore content = FilesystemBlobStore.open(folder.path());
        if (opening.room().tooLittleToStart().isPresent()) {
            new GiveUpUploads(content).run();
            opening.room().look();
        }
        Metadata metadata = Metadata.open(
                folder.database(), opening.clock(), opening.settings().lease());
        try {
            new SweepUploads(content, metadata).run();
            Catalog catalog = new Catalog(folder, content, metadata, opening);
            catalog.removeBlobs.resume();
            return catalog;
        } catch (ContentException | MetadataException e) {
            metadata.close();
            throw e;
        }
    }

    /** Tells the commands on this machine where to ask the server that has this catalog open. */
    public void announce(URI server) {
        folder.announce(server);
    }

    /** What a collection would take away now. */
    public Forecast forecast(Instant now, Optional<Instant> loose) {
        return metadata.forecasts().collection(now, loose);
    }

    /** With which it was opened. */
    public StorageSettings settings() {
        return settings;
    }

    public PushBlob pushBlob() {
        return pushBlob;
    }

    public ExpireUploads expireUploads() {
        return expireUploads;
    }

    public MountBlob mountBlob() {
        return new MountBlob(pullBlob(), metadata.blobs(), room);
    }

    public PullBlob pullBlob() {
        return new PullBlob(content, metadata);
    }

    public AdoptBlobs adoptBlobs() {
        return new AdoptBlobs(content, metadata.blobs(), metadata.removals(), settings.smallBytes());
    }

    public AdoptManifests adoptManifests() {
        return AdoptManifests.of(metadata.manifests(), metadata.tags());
    }

    /** The same of what a mirror elsewhere has brought. */
    public AdoptManifests adoptMirrored() {
        return AdoptManifests.of(metadata.mirrorAdoptions());
    }

    public DeleteBlob deleteBlob() {
        return new DeleteBlob(metadata.blobs());
    }

    public PushManifest pushManifest() {
        return new PushManifest(metadata.manifests(), reading, room);
    }

    public MirrorManifest mirrorManifest() {
        return new MirrorManifest(metadata.mirrored(), reading, room);
    }

    public Mirrored mirrored() {
        return metadata.mirrored();
    }

    public MirrorSyncs mirrorSyncs() {
        return metadata.mirrorSyncs();
    }

    public BuildTimes buildTimes() {
        return metadata.buildTimes();
    }

    public RemoveBlobs removeBlobs() {
        return removeBlobs;
    }

    public CheckBlobs checkBlobs() {
        return checkBlobs;
    }

    public CheckManifests checkManifests() {
        return new CheckManifests(metadata.storedManifests());
    }

    public Integrity integrity() {
        return metadata.integrity();
    }

    public Blobs blobs() {
        return metadata.blobs();
    }

    public Leases leases() {
        return metadata.leases();
    }

    public LooseManifests looseManifests() {
        return metadata.looseManifests();
    }

    public Manifests manifests() {
        return metadata.manifests();
    }

    public Referrers referrers() {
        return metadata.referrers();
    }

    public Tags tags() {
        return metadata.tags();
    }

    public Repositories repositories() {
        return metadata.repositories();
    }

    public Counts counts() {
        return metadata.totals().read();
    }

    public Space space() {
        return content.space();
    }

    /** Whether there is room for pushes. */
    public StorageRoom room() {
        return room;
    }

    /** Why what is stored can't be read now: asks the database and the disk, for /readyz. Empty when it can. */
    public Optional<String> unreadable() {
        try {
            metadata.probe();
            content.space();
            return Optional.empty();
        } catch (MetadataException | ContentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Lets running writes end, then gives the folder back. */
    @Override
    public void close() {
        metadata.close();
        folder.close();
    }
}
