package dev.berth.registry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * A file that reserves space on the volume of the data folder. It is deleted when the volume is full, so that deletions have space for their
 * transactions, and a start has space for the log and the shared memory of the database.
 */
final class SpaceReserve {
    /** Enough for the log of hundreds of deletions. */
    static final long BYTES = 4L * 1024 * 1024;

    private static final int PIECE_BYTES = 256 * 1024;
    private static final int BLOCK_BYTES = 4 * 1024;

    private final Path file;

    SpaceReserve(Path folder) {
        this.file = folder.resolve("reserve");
    }

    boolean isHeld() {
        try {
            return Files.size(file) == BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes the file. Returns false, and leaves no file, if there is too little space. No two blocks are equal, because some file systems store equal ones, and zeros, without using space. */
    boolean take() {
        byte[] piece = new byte[PIECE_BYTES];
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            new Random().nextBytes(piece); // once, for this takes longer than writing
            for (long written = 0; written < BYTES; ) {
                number(piece, written);
                written += channel.write(ByteBuffer.wrap(piece));
            }
            return true;
        } catch (IOException e) {
            release();
            return false;
        }
    }

    /** Writes its place in the file into each block. */
    private static void number(byte[] piece, long offset) {
        var bytes = ByteBuffer.wrap(piece);
        for (int at = 0; at < piece.length; at += BLOCK_BYTES) {
            bytes.putLong(at, offset + at);
        }
    }

    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageUnavailable(file + " can't be deleted: " + e.getMessage(), e);
        }
    }
}
