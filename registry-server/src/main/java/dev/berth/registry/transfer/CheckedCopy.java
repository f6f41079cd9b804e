package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;

/** Bytes that are compared with their digest on their way. */
record CheckedCopy(Digest digest, IntConsumer seen) {
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Writes them where the file stands; says whether they are what they should be. */
    boolean write(InputStream bytes, FileChannel file) throws IOException {
        var hash = digest.algorithm().newHash();
        var buffer = new byte[BUFFER_BYTES];
        for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            seen.accept(read);
            hash.update(buffer, 0, read);
            writeAll(ByteBuffer.wrap(buffer, 0, read), file);
        }
        return digest.algorithm().digestOf(hash).equals(digest);
    }

    /** Only compares. */
    boolean read(InputStream bytes) throws IOException {
        var hash = digest.algorithm().newHash();
        var buffer = new byte[BUFFER_BYTES];
        for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            seen.accept(read);
            hash.update(buffer, 0, read);
        }
        return digest.algorithm().digestOf(hash).equals(digest);
    }

    static void writeAll(ByteBuffer bytes, FileChannel file) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
