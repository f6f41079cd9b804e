package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** Where the images of an export go. Stopped at any time, it is what it was before, and another export goes on where this one was. */
public interface LayoutTarget extends AutoCloseable {
    /** A folder, or a tar where the name ends as those of tars do. */
    static LayoutTarget of(Path path) {
        var place = path.toAbsolutePath().normalize();
        return place.toString().endsWith(".tar") && !Files.isDirectory(place)
                ? new LayoutTar(place)
                : new LayoutFolder(new OciLayout(place));
    }

    /** How it is called in messages. */
    String name();

    /** The images that it has and keeps. */
    List<LayoutIndex.Entry> entries();

    /** Makes it ready; `read` hears of bytes that have to be read again for that. */
    void begin(IntConsumer read) throws IOException;

    /** Whether these bytes are there, whole. */
    boolean has(Digest digest, long sizeBytes);

    /**
     * Writes bytes as they come, and compares their digest.
     *
     * @param written hears how many they are so far
     * @return false when the digest is another; then they are not there
     */
    boolean put(Digest digest, long sizeBytes, InputStream bytes, IntConsumer written) throws IOException;

    /** Names what is there by now, and makes it durable. */
    void finish(LayoutIndex index) throws IOException;

    @Override
    default void close() {}
}
