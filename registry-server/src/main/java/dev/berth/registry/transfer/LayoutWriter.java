package dev.berth.registry.transfer;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** Writes an {@link OciLayout}: each file beside its place first, then there in one step, so that what has a name is whole. */
final class LayoutWriter {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final OciLayout layout;
    private final Reporter reporter;
    private long newBlobs;
    private long newBytes;

    LayoutWriter(OciLayout layout, Reporter reporter) {
        this.layout = layout;
        this.reporter = reporter;
    }

    void begin() {
        tried(layout.root(), () -> {
            for (var algorithm : Algorithm.values()) {
                Files.createDirectories(layout.root().resolve("blobs").resolve(algorithm.toString()));
            }
        });
        put(layout.marker(), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }

    void manifest(Manifest manifest) {
        var file = layout.bytes(manifest.digest());
        if (!has(manifest.digest(), manifest.bytes().length)) {
            put(file, manifest.bytes());
        }
    }

    /** Copies a blob that isn't there, and compares its digest on the way. */
    void blob(Digest digest, BlobContent content) {
        if (has(digest, content.sizeBytes())) {
            reporter.advances(content.sizeBytes());
            return;
        }
        var file = layout.bytes(digest);
        tried(file, () -> {
            try (var bytes = open(content)) {
                if (copy(bytes, file, digest)) {
                    newBlobs++;
                    newBytes += content.sizeBytes();
                } else {
                    reporter.finds(new Problem(
                            digest.toString(),
                            "the blob is left out: its bytes have another digest; `check` says whose it is"));
                }
            }
        });
    }

    /** Names what is there by now. */
    void finish(List<OciLayout.Entry> entries) {
        put(layout.index(), OciLayout.index(entries));
    }

    long newBlobs() {
        return newBlobs;
    }

    long newBytes() {
        return newBytes;
    }

    private boolean has(Digest digest, long sizeBytes) {
        return layout.size(digest).orElse(-1) == sizeBytes;
    }

    private void put(Path file, byte[] bytes) {
        tried(file, () -> {
            var part = part(file);
            try (var channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(channel, new ByteArrayInputStream(bytes), _ -> {});
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private boolean copy(InputStream bytes, Path file, Digest digest) throws IOException {
        var hash = digest.algorithm().newHash();
        var part = part(file);
        try (var channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, bytes, piece -> {
                reporter.advances(piece.remaining());
                hash.update(piece);
            });
        }
        if (!digest.algorithm().digestOf(hash).equals(digest)) {
            Files.delete(part);
            return false;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static void write(FileChannel channel, InputStream bytes, Consumer<ByteBuffer> seen) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            seen.accept(ByteBuffer.wrap(buffer, 0, read));
            var piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
        channel.force(true);
    }

    private static InputStream open(BlobContent content) throws IOException {
        return switch (content) {
            case BlobContent.LocalFile file -> Files.newInputStream(file.path());
            case BlobContent.Bytes(var bytes) -> new ByteArrayInputStream(bytes);
        };
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Something that the disk may refuse. */
    private interface Step {
        void run() throws IOException;
    }

    private static void tried(Path file, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new TransferException(file + " can't be written (" + e + ")", e);
        }
    }
}
