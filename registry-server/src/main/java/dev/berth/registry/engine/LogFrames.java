package dev.berth.registry.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The output of a container, which arrives in frames: a byte for the stream, three empty bytes, four bytes for the length, and so many bytes
 * (Engine API, "Attach to a container"). A container with a terminal has one stream, without frames.
 */
final class LogFrames {
    private static final int HEADER = 8;
    private static final int PIECE = 16 * 1024;
    private static final int LONGEST_ERROR = 4 * 1024;

    private LogFrames() {}

    /**
     * Copies all frames to where they belong. Frames of any length pass in small pieces.
     *
     * @throws IOException if what comes is in no frames, or ends within one
     */
    static void copy(InputStream input, OutputStream out, OutputStream err) throws IOException {
        for (var header = input.readNBytes(HEADER); header.length > 0; header = input.readNBytes(HEADER)) {
            if (header.length < HEADER) {
                throw new EOFException("the log ends within a frame");
            }
            if (header[1] != 0 || header[2] != 0 || header[3] != 0) {
                throw new IOException("the log has no frames");
            }
            var length = ByteBuffer.wrap(header).getInt(4) & 0xffff_ffffL;
            switch (header[0]) {
                case 0, 1 -> copy(input, length, out);
                case 2 -> copy(input, length, err);
                case 3 -> throw new IOException("the engine says: " + error(input, length));
                default -> throw new IOException("the log has no frames");
            }
        }
    }

    /** Copies a log without frames. */
    static void copyRaw(InputStream input, OutputStream out) throws IOException {
        var piece = new byte[PIECE];
        for (var read = input.read(piece); read >= 0; read = input.read(piece)) {
            out.write(piece, 0, read);
            out.flush();
        }
    }

    private static void copy(InputStream input, long length, OutputStream target) throws IOException {
        var piece = new byte[PIECE];
        for (var left = length; left > 0; ) {
            var read = input.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new EOFException("the log ends within a frame");
            }
            target.write(piece, 0, read);
            left -= read;
        }
        target.flush();
    }

    private static String error(InputStream input, long length) throws IOException {
        return new String(input.readNBytes((int) Math.min(length, LONGEST_ERROR)), StandardCharsets.UTF_8);
    }
}
