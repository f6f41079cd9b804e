package dev.berth.registry.catalog;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where everything is kept, and for how long what is not finished yet.
 *
 * @param folder the data folder, made when absent; one server at a time holds it
 * @param lease  how long a blob that a push has uploaded, mounted or asked for is safe from collection without being
 *               referenced by a manifest
 */
public record StorageSettings(Path folder, Duration lease, UploadSettings uploads) {

    public static final Duration DEFAULT_LEASE = Duration.ofDays(1);

    public StorageSettings(Path folder) {
        this(folder, DEFAULT_LEASE, UploadSettings.DEFAULT);
    }

    /** The same in another folder. */
    public StorageSettings in(Path other) {
        return new StorageSettings(other, lease, uploads);
    }
}
