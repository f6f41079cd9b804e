package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.transfer.CheckedCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntConsumer;

/** Writes an {@link OciLayout} in a folder. Each file is written with the suffix `.part` and then renamed, so that a file with its own name
 * is whole. */
record LayoutFolder(OciLayout layout) implements LayoutTarget {
    @Override
    public String name() {
        return layout.root().toString();
    }

    @Override
    public List<LayoutIndex.Entry> entries() {
        return layout.entries();
    }

    @Override
    public void begin(IntConsumer read) throws IOException {
        for (var algorithm : Algorithm.values()) {
            Files.createDirectories(layout.root().resolve(OciLayout.BLOBS).resolve(algorithm.toString()));
        }
        put(layout.marker(), OciLayout.VERSION.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean has(Digest digest, long sizeBytes) {
        return layout.size(digest).orElse(-1) == sizeBytes;
    }

    @Override
    public boolean put(Digest digest, long sizeBytes, InputStream bytes, IntConsumer written) throws IOException {
        var file = layout.bytes(digest);
        var part = part(file);
        try (var channel = open(part)) {
            if (!new CheckedCopy(digest, sizeBytes, written).copy(bytes, Channels.newOutputStream(channel))) {
                Files.delete(part);
                return false;
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    @Override
    public void finish(LayoutIndex index) throws IOException {
        put(layout.index(), index.bytes());
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        var part = part(file);
        try (var channel = open(part)) {
            Channels.newOutputStream(channel).write(bytes);
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileChannel open(Path part) throws IOException {
        return FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }
}
