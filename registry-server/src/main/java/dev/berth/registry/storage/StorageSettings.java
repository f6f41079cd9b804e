package dev.berth.registry.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where data is stored, and how long unfinished pushes are kept.
 *
 * @param folder     the data folder, which is made if it is missing; one server at a time can use it
 * @param lease      how long collection keeps a blob that a push has uploaded, mounted or asked for, if no manifest names it
 * @param smallBytes blobs of at most this size are kept in the database
 * @param mostBytes  how many bytes may be stored; empty for no limit
 */
public record StorageSettings(
        Path folder, Duration lease, UploadSettings uploads, int smallBytes, OptionalLong mostBytes) {
    public static final Duration DEFAULT_LEASE = Duration.ofDays(1);

    /** Most image configurations are smaller, and the buffer of an upload has the same size. */
    public static final int DEFAULT_SMALL_BYTES = 16 * 1024;

    public StorageSettings(Path folder) {
        this(folder, DEFAULT_LEASE, UploadSettings.DEFAULT);
    }

    public StorageSettings(Path folder, Duration lease, UploadSettings uploads) {
        this(folder, lease, uploads, DEFAULT_SMALL_BYTES);
    }

    public StorageSettings(Path folder, Duration lease, UploadSettings uploads, int smallBytes) {
        this(folder, lease, uploads, smallBytes, OptionalLong.empty());
    }

    /** These settings with another folder. */
    public StorageSettings in(Path other) {
        return new StorageSettings(other, lease, uploads, smallBytes, mostBytes);
    }

    /** These settings with another limit of stored bytes. */
    public StorageSettings limitedTo(OptionalLong most) {
        return new StorageSettings(folder, lease, uploads, smallBytes, most);
    }
}
