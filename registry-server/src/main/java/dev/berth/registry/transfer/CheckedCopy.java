package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * Copies bytes and compares their size and digest on the way.
 *
 * @param progress is given the number of bytes after each step
 */
public record CheckedCopy(Digest digest, long sizeBytes, IntConsumer progress) {
    private static final int BUFFER_BYTES = 256 * 1024;

    /**
     * Copies the bytes to `target`, never more than `sizeBytes` of them.
     *
     * @return whether there were `sizeBytes` of them and they have this digest
     */
    public boolean copy(InputStream bytes, OutputStream target) throws IOException {
        var hash = digest.algorithm().newHash();
        var buffer = new byte[BUFFER_BYTES];
        var left = sizeBytes;
        for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            if (read > left) {
                return false;
            }
            left -= read;
            progress.accept(read);
            hash.update(buffer, 0, read);
            target.write(buffer, 0, read);
        }
        return left == 0 && digest.algorithm().digestOf(hash).equals(digest);
    }

    /** Compares the bytes without copying them. */
    public boolean matches(InputStream bytes) throws IOException {
        return copy(bytes, OutputStream.nullOutputStream());
    }
}
