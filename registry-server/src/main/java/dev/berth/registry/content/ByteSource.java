package dev.berth.registry.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that many threads can read at any offset, even after its name was deleted. */
public interface ByteSource extends AutoCloseable {
    /** Opens a file. Throws {@link ContentException} if the file cannot be opened. */
    static ByteSource of(Path file) {
        var channel = Attempt.named(() -> "open " + file, () -> FileChannel.open(file, StandardOpenOption.READ));
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

    /** Reads bytes from `offset` on into the buffer. Returns how many were read, 0 at the end. */
    int read(ByteBuffer into, long offset);

    @Override
    void close();
}
