package dev.berth.registry.catalog;

import dev.berth.registry.content.Space;
import dev.berth.registry.metadata.Counts;
import dev.berth.registry.metadata.Manifests;
import dev.berth.registry.metadata.Referrers;
import dev.berth.registry.metadata.Repositories;
import dev.berth.registry.metadata.Tags;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** All that is stored, opened from its settings. For any thread; calls block. */
@SuppressWarnings("DoNotCallSuggester")
public final class Catalog implements AutoCloseable {

    /**
     * Opens the data folder, brings its schema up to date and clears what a crash has left.
     *
     * @throws StorageUnavailable with what to do, when the folder is another server's, or can't be used
     */
    public static Catalog open(StorageSettings settings, Clock clock, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    public PushBlob pushBlob() {
        throw new UnsupportedOperationException();
    }

    public MountBlob mountBlob() {
        throw new UnsupportedOperationException();
    }

    public PullBlob pullBlob() {
        throw new UnsupportedOperationException();
    }

    public DeleteBlob deleteBlob() {
        throw new UnsupportedOperationException();
    }

    public PushManifest pushManifest() {
        throw new UnsupportedOperationException();
    }

    public Manifests manifests() {
        throw new UnsupportedOperationException();
    }

    public Referrers referrers() {
        throw new UnsupportedOperationException();
    }

    public Tags tags() {
        throw new UnsupportedOperationException();
    }

    public Repositories repositories() {
        throw new UnsupportedOperationException();
    }

    public Counts counts() {
        throw new UnsupportedOperationException();
    }

    public Space space() {
        throw new UnsupportedOperationException();
    }

    /** Whether a write would be taken now: asks the database and the disk, for /readyz. */
    public boolean isWritable() {
        throw new UnsupportedOperationException();
    }

    /** Lets running writes end, then gives the folder back. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
