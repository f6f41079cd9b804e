package dev.berth.registry.storage;

import dev.berth.registry.content.BlobAudit;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.content.FilesystemBlobStore;
import dev.berth.registry.content.FolderAudit;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.InProcess;
import dev.berth.registry.database.Database;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.database.SqliteDatabase;
import dev.berth.registry.database.SqliteReading;
import dev.berth.registry.hash.Hashing;
import dev.berth.registry.metadata.Metadata;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** The open stores of a registry: bytes, metadata, and the coordination of their writers. For any thread; calls block. */
public final class Stores implements AutoCloseable {
    private final StorageSettings settings;
    private final DataFolder folder;
    private final StorageRoom room;
    private final StorageQuota quota;
    private final BlobStore content;
    private final Hashing hashing;
    private final BlobAudit audit;
    private final Metadata metadata;
    private final Coordination coordination;

    /** An open data folder, without its database. */
    private record Opened(DataFolder folder, StorageRoom room, BlobStore content, Hashing hashing) {}

    private Stores(StorageSettings settings, Clock clock, Opened opened, Database database) {
        this.settings = settings;
        this.folder = opened.folder();
        this.room = opened.room();
        this.content = opened.content();
        this.hashing = opened.hashing();
        this.audit = new FolderAudit(folder.path(), hashing);
        this.coordination = new InProcess();
        this.metadata = new Metadata(database, coordination, clock, settings.lease());
        this.quota = new StorageQuota(metadata.totals()::storedBytes, clock);
        quota.limit(settings.mostBytes());
    }

    /**
     * Opens the data folder, brings its schema up to date, and deletes what a crash has left.
     *
     * @throws StorageUnavailable with advice, if another server has the folder, or it cannot be used
     */
    public static Stores open(StorageSettings settings, Clock clock) {
        return open(settings, clock, SqliteDatabase::open);
    }

    /**
     * Opens the data folder as {@link #open(StorageSettings, Clock)} does, with another database.
     *
     * @param opening opens the database, whose file it is given
     */
    public static Stores open(StorageSettings settings, Clock clock, Function<Path, Database> opening) {
        var folder = DataFolder.take(settings.folder());
        var room = StorageRoom.of(folder.path());
        try {
            var hashing = new Hashing();
            var opened = new Opened(folder, room, FilesystemBlobStore.open(folder.path(), hashing), hashing);
            return open(settings, clock, opened, opening);
        } catch (ContentException | DatabaseException e) {
            folder.close();
            throw new StorageUnavailable(
                    "the data folder " + folder.path() + " can't be used: "
                            + room.tooLittleToStart().orElseGet(() -> String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static Stores open(StorageSettings settings, Clock clock, Opened opened, Function<Path, Database> opening) {
        if (opened.room().tooLittleToStart().isPresent()) {
            new GiveUpUploads(opened.content()).run();
            opened.room().look();
        }
        var database = opening.apply(opened.folder().database());
        try {
            var stores = new Stores(settings, clock, opened, database);
            new SweepUploads(stores.content, stores.metadata, stores.coordination).run();
            RemoveBlobs.of(stores).resume();
            return stores;
        } catch (ContentException | DatabaseException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Why {@link #open} could not use the data folder, in its own words, as far as this can be seen without writing anything. A server that uses
     * the folder is no obstacle. Empty if there is none.
     */
    public static Optional<String> obstacle(StorageSettings settings) {
        return DataFolder.obstacle(settings.folder()).map(Throwable::getMessage);
    }

    /** Where commands on this machine reach the server of a data folder, as it has written there; it may have been killed since. */
    public static Optional<URI> server(StorageSettings settings) {
        return ServerAddress.in(settings.folder());
    }

    /** Opens a data folder that already has the data of a registry. */
    public static Stores openExisting(StorageSettings settings, Clock clock) {
        requireData(settings);
        return open(settings, clock);
    }

    /**
     * Opens the data of a registry for reading. A folder that can be written to is locked, as {@link #openExisting} does. On a read-only mount
     * nothing is written.
     *
     * @throws StorageInUse if a server has locked the folder; {@link #beside} can read it then
     */
    public static Stores openToRead(StorageSettings settings, Clock clock) {
        requireData(settings);
        if (Files.isWritable(settings.folder())) {
            return open(settings, clock);
        }
        return DataFolder.isTaken(settings.folder())
                ? beside(settings, clock)
                : reading(settings, clock, SqliteReading::openReadOnly);
    }

    private static void requireData(StorageSettings settings) {
        if (!Files.isRegularFile(DataFolder.database(settings.folder()))) {
            throw new StorageUnavailable(
                    "there is no registry's data in " + settings.folder() + "; --data or --config say where they are");
        }
    }

    /** Opens the data of a running server for reading. Changes that the server makes are seen. */
    public static Stores beside(StorageSettings settings, Clock clock) {
        return reading(settings, clock, SqliteReading::open);
    }

    private static Stores reading(StorageSettings settings, Clock clock, Function<Path, Database> opening) {
        var folder = DataFolder.beside(settings.folder());
        try {
            var hashing = new Hashing();
            var opened = new Opened(
                    folder,
                    StorageRoom.unwatched(folder.path()),
                    FilesystemBlobStore.beside(folder.path(), hashing),
                    hashing);
            return new Stores(settings, clock, opened, opening.apply(folder.database()));
        } catch (DatabaseException e) {
            throw new StorageUnavailable("the data folder " + folder.path() + " can't be read: " + e.getMessage(), e);
        }
    }

    /** The settings with which the stores were opened. */
    public StorageSettings settings() {
        return settings;
    }

    /** The bytes of blobs. */
    public BlobStore content() {
        return content;
    }

    /** Computes the digests of what is stored. */
    public Hashing hashing() {
        return hashing;
    }

    /** Checks the bytes of blobs. */
    public BlobAudit audit() {
        return audit;
    }

    /** Repositories, manifests, tags and uploads. */
    public Metadata metadata() {
        return metadata;
    }

    /** Coordinates the writers of these stores. */
    public Coordination coordination() {
        return coordination;
    }

    /** Whether there is space for pushes. */
    public StorageRoom room() {
        return room;
    }

    /** How many bytes may be stored. */
    public StorageQuota quota() {
        return quota;
    }

    /** Writes the address of this server to the data folder, for commands on this machine. */
    public void announce(URI server) {
        folder.announce(server);
    }

    /** Why the stores cannot be read now, for /readyz. Tries the database and the disk. Empty if both can be read. */
    public Optional<String> unreadable() {
        try {
            metadata.probe();
            content.capacity();
            return Optional.empty();
        } catch (DatabaseException | ContentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Waits for running changes, then closes the stores and unlocks the folder. */
    @Override
    public void close() {
        metadata.close();
        folder.close();
    }
}
