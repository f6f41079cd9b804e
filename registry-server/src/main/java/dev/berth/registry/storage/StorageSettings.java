package dev.berth.registry.storage;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where everything is kept, and for how long what is not finished yet.
 *
 * @param folder the data folder, made when absent; one server at a time holds it
 * @param lease  how long a blob that a push has uploaded, mounted or asked for is safe from collection without being
 *               referenced by a manifest
 * @param smallBytes up to which size a blob's bytes are kept in the database
 */
public record StorageSettings(Path folder, Duration lease, UploadSettings uploads, int smallBytes) {

    public static final Duration DEFAULT_LEASE = Duration.ofDays(1);

    /** Most image configurations fit, and an upload's memory before it takes a file holds as much. */
    public static final int DEFAULT_SMALL_BYTES = 16 * 1024;

    public StorageSettings(Path folder) {
        this(folder, DEFAULT_LEASE, UploadSettings.DEFAULT);
    }

    public StorageSettings(Path folder, Duration lease, UploadSettings uploads) {
        this(folder, lease, uploads, DEFAULT_SMALL_BYTES);
    }

    /** The same in another folder. */
    public StorageSettings in(Path other) {
        return new StorageSettings(other, lease, uploads, smallBytes);
    }
}
