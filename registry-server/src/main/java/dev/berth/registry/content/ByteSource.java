package dev.berth.registry.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes of a file that may be read anywhere, by many at a time, even when the file has lost its name meanwhile. */
public interface ByteSource extends AutoCloseable {
    /** Opens a file. Throws {@link ContentException} when that can't be done. */
    static ByteSource of(Path file) {
        FileChannel channel =
                Attempt.named(() -> "open " + file, () -> FileChannel.open(file, StandardOpenOption.READ));
        return new ByteSource() {
            @Override
            public int read(ByteBuffer into, long offset) {
                try {
                    return Math.max(0, channel.read(into, offset));
                } catch (IOException e) {
                    throw new ContentException("could not read " + file, e);
                }
            }

            @Override
            public void close() {
                Attempt.named(() -> "close " + file, () -> {
                    channel.close();
                    return channel;
                });
            }
        };
    }

    /** Fills what room there is with what follows `offset`; says how many bytes that were, 0 at the end. */
    int read(ByteBuffer into, long offset);

    @Override
    void close();
}
