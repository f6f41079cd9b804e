package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** The layout that an export writes. If the export is stopped, the layout is as it was before, and the next export goes on from there. */
public interface LayoutTarget extends AutoCloseable {
    /** A tar if the name ends with `.tar`, else a folder. */
    static LayoutTarget of(Path path) {
        var place = path.toAbsolutePath().normalize();
        return place.toString().endsWith(".tar") && !Files.isDirectory(place)
                ? new LayoutTar(place)
                : new LayoutFolder(new OciLayout(place));
    }

    /** What messages call this target. */
    String name();

    /** The images in the index of the target that the export keeps. */
    List<LayoutIndex.Entry> entries();

    /** Prepares the target. `read` is given the number of bytes for everything that has to be read for that. */
    void begin(IntConsumer read) throws IOException;

    /** Whether the target has this blob or manifest, whole. */
    boolean has(Digest digest, long sizeBytes);

    /**
     * Writes a blob or manifest, and compares its size and digest on the way.
     *
     * @param written is given the number of bytes after each step
     * @return false if size or digest differ; then nothing was written
     */
    boolean put(Digest digest, long sizeBytes, InputStream bytes, IntConsumer written) throws IOException;

    /** Writes the index and makes the layout durable. */
    void finish(LayoutIndex index) throws IOException;

    @Override
    default void close() {}
}
