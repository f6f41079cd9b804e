package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a large upload in an extended attribute of its file, so that a server that was restarted need not read the file again. It counts
 * only while the kernel has run since: after a power cut the file may lack bytes that were hashed. Where the file system has no such attributes,
 * nothing is saved.
 */
final class SavedHash {
    /** A file of this size is read in a few milliseconds. */
    static final long LEAST_BYTES = 4L * 1024 * 1024;

    private static final String ATTRIBUTE = "berth.hash";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final byte[] boot;

    private SavedHash(byte[] boot) {
        this.boot = boot;
    }

    static SavedHash ofThisBoot() {
        try {
            return new SavedHash(Files.readAllBytes(BOOT_ID));
        } catch (IOException e) {
            return new SavedHash(new byte[0]); // not Linux: nothing is saved
        }
    }

    static SavedHash ofBoot(String id) {
        return new SavedHash(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Saves the hash of all bytes of a file, if the file is large. */
    void save(Path file, RunningHash hash) {
        var state = hash.state();
        if (boot.length == 0 || hash.bytes() < LEAST_BYTES || state.isEmpty()) {
            return;
        }
        var value =
                ByteBuffer.allocate(boot.length + state.get().length).put(boot).put(state.get());
        try {
            var attributes = attributes(file);
            if (attributes != null) {
                attributes.write(ATTRIBUTE, value.flip());
            }
        } catch (IOException e) {
            // The file system has no extended attributes, or no space for one: the file will be read again.
        }
    }

    /** The hash of exactly the first `bytes` of a file, if it was saved. */
    Optional<RunningHash> load(Path file, Algorithm algorithm, long bytes, Hashing hashing) throws IOException {
        if (bytes < LEAST_BYTES || Files.size(file) < bytes) {
            return Optional.empty();
        }
        var value = read(file);
        return value.length <= boot.length || !Arrays.equals(boot, Arrays.copyOf(value, boot.length))
                ? Optional.empty()
                : hashing.restore(algorithm, bytes, Arrays.copyOfRange(value, boot.length, value.length));
    }

    /** Removes the attribute from a file that becomes a blob. */
    void drop(Path file) {
        try {
            var attributes = attributes(file);
            if (attributes != null) {
                attributes.delete(ATTRIBUTE);
            }
        } catch (IOException e) {
            // It has none.
        }
    }

    private static byte[] read(Path file) {
        try {
            var attributes = attributes(file);
            if (attributes == null) {
                return new byte[0];
            }
            var value = ByteBuffer.allocate(attributes.size(ATTRIBUTE));
            attributes.read(ATTRIBUTE, value);
            return value.array();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static @Nullable UserDefinedFileAttributeView attributes(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    }
}
