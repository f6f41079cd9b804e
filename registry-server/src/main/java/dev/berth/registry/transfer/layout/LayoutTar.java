package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.transfer.CheckedCopy;
import dev.berth.registry.transfer.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Writes a tar of an {@link OciLayout}. The tar has the suffix `.part` until it is whole, and then replaces the one of before. An export
 * after one that was stopped keeps the blobs at the beginning of that file which are whole.
 */
final class LayoutTar implements LayoutTarget {
    private final Path file;
    private final Path part;
    private final Map<Digest, Long> there = new HashMap<>();
    private Optional<FileChannel> open = Optional.empty();

    LayoutTar(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public List<LayoutIndex.Entry> entries() {
        return List.of();
    }

    @Override
    public void begin(IntConsumer read) throws IOException {
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
        var tar = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        open = Optional.of(tar);
        var end = goOn(tar, read);
        tar.truncate(end).position(end);
    }

    /** Notes the blobs that an earlier export has left; returns where the next one goes. */
    private long goOn(FileChannel tar, IntConsumer read) throws IOException {
        var end = 0L;
        for (var written : TarParts.read(tar).files().entrySet()) {
            var digest = digest(written.getKey());
            if (digest.isEmpty() || !isWhole(tar, end, digest.get(), written.getValue(), read)) {
                return end;
            }
            there.put(digest.get(), written.getValue().sizeBytes());
            end = written.getValue().endBytes();
        }
        return end;
    }

    /** Whether the blocks of a blob, its header first, are those that this export would write. */
    private static boolean isWhole(FileChannel tar, long begin, Digest digest, TarParts.Part part, IntConsumer read)
            throws IOException {
        var header = TarWriter.header(TarLayout.nameOf(digest), part.sizeBytes());
        var end = part.offsetBytes() + part.sizeBytes();
        var padding = bytes(tar, end, part.endBytes());
        if (part.offsetBytes() - begin != header.length
                || !Arrays.equals(bytes(tar, begin, part.offsetBytes()), header)
                || !Arrays.equals(padding, new byte[padding.length])) {
            return false;
        }
        try (var bytes = part.open(tar)) {
            return new CheckedCopy(digest, part.sizeBytes(), read).matches(bytes);
        }
    }

    private static byte[] bytes(FileChannel tar, long from, long to) throws IOException {
        try (var bytes = new TarParts.Part(from, to - from).open(tar)) {
            return bytes.readAllBytes();
        }
    }

    @Override
    public boolean has(Digest digest, long sizeBytes) {
        return there.getOrDefault(digest, -1L) == sizeBytes;
    }

    @Override
    public boolean put(Digest digest, long sizeBytes, InputStream bytes, IntConsumer written) throws IOException {
        var copy = new CheckedCopy(digest, sizeBytes, written);
        var right = writer().append(TarLayout.nameOf(digest), sizeBytes, file -> copy.copy(bytes, file));
        if (right) {
            there.put(digest, sizeBytes);
        }
        return right;
    }

    @Override
    public void finish(LayoutIndex index) throws IOException {
        write(OciLayout.MARKER, OciLayout.VERSION.getBytes(StandardCharsets.UTF_8));
        write(OciLayout.INDEX, index.bytes());
        writer().end();
        writer().tar().force(true);
        close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            throw new TransferException(part + " can't be closed (" + FileProblem.of(e) + ")", e);
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        writer().append(name, bytes.length, file -> {
            file.write(bytes);
            return true;
        });
    }

    private TarWriter writer() {
        return new TarWriter(open.orElseThrow());
    }

    /** The digest in a blob's name; empty for the files that an export ends with. */
    private static Optional<Digest> digest(String name) {
        var words = name.split("/", -1);
        try {
            return words.length == 3 ? Optional.of(Digest.parse(words[1] + ":" + words[2])) : Optional.empty();
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
