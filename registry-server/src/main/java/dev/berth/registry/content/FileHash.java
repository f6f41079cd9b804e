package dev.berth.registry.content;

import dev.berth.registry.hash.RunningHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Hashes bytes that are already on disk: after a restart, or by a second algorithm. */
final class FileHash {
    private static final int BUFFER_BYTES = 256 * 1024;

    private FileHash() {}

    /** Adds the first `limitBytes` of a file, or all of it if it is shorter, to a new hash, and returns it. */
    static RunningHash of(Path path, RunningHash hash, long limitBytes) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (hash.bytes() < limitBytes) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), limitBytes - hash.bytes()));
                if (file.read(buffer) < 0) {
                    break;
                }
                hash.update(buffer.flip());
            }
        }
        return hash;
    }
}
