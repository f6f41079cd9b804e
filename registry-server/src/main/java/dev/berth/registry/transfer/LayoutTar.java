package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.reference.InvalidReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Writes a tar of an {@link OciLayout}, which has that name only once it's whole; until then `.part` stands behind it. An export that was
 * stopped goes on behind the last blob there that is what its name says. A tar that is there is replaced, not added to.
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

    /** Notes what an export that was stopped has left; gives its end. */
    private long goOn(FileChannel tar, IntConsumer read) throws IOException {
        var end = 0L;
        for (var written : TarParts.read(tar).files().entrySet()) {
            var digest = digest(written.getKey());
            if (digest.isEmpty() || !isWhole(tar, digest.get(), written.getValue(), read)) {
                return end;
            }
            there.put(digest.get(), written.getValue().sizeBytes());
            end = written.getValue().endBytes();
        }
        return end;
    }

    private static boolean isWhole(FileChannel tar, Digest digest, TarParts.Part part, IntConsumer read)
            throws IOException {
        try (var bytes = part.open(tar)) {
            return new CheckedCopy(digest, read).read(bytes);
        }
    }

    @Override
    public boolean has(Digest digest, long sizeBytes) {
        return there.getOrDefault(digest, -1L) == sizeBytes;
    }

    @Override
    public boolean put(Digest digest, long sizeBytes, InputStream bytes, IntConsumer written) throws IOException {
        var tar = tar();
        var begin = tar.position();
        writeHeader(TarLayout.nameOf(digest), sizeBytes);
        var body = tar.position();
        var right = new CheckedCopy(digest, written).write(bytes, tar);
        if (!right || tar.position() - body != sizeBytes) {
            tar.truncate(begin).position(begin);
            return false;
        }
        pad(sizeBytes);
        there.put(digest, sizeBytes);
        return true;
    }

    @Override
    public void finish(LayoutIndex index) throws IOException {
        write(OciLayout.MARKER, OciLayout.VERSION.getBytes(StandardCharsets.UTF_8));
        write(OciLayout.INDEX, index.bytes());
        CheckedCopy.writeAll(ByteBuffer.allocate(2 * TarHeader.BLOCK_BYTES), tar());
        tar().force(true);
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
        writeHeader(name, bytes.length);
        CheckedCopy.writeAll(ByteBuffer.wrap(bytes), tar());
        pad(bytes.length);
    }

    private void writeHeader(String name, long sizeBytes) throws IOException {
        if (!TarHeader.fits(name)) {
            var longName = PaxHeader.ofPath(name).bytes();
            var header = new TarHeader("pax", TarHeader.PAX, longName.length);
            CheckedCopy.writeAll(ByteBuffer.wrap(header.block()), tar());
            CheckedCopy.writeAll(ByteBuffer.wrap(longName), tar());
            pad(longName.length);
        }
        CheckedCopy.writeAll(ByteBuffer.wrap(new TarHeader(name, TarHeader.FILE, sizeBytes).block()), tar());
    }

    private void pad(long sizeBytes) throws IOException {
        var rest = (int) (sizeBytes % TarHeader.BLOCK_BYTES);
        if (rest > 0) {
            CheckedCopy.writeAll(ByteBuffer.allocate(TarHeader.BLOCK_BYTES - rest), tar());
        }
    }

    private FileChannel tar() {
        return open.orElseThrow();
    }

    /** Of a blob's name; empty for what an export ends with. */
    private static Optional<Digest> digest(String name) {
        var words = name.split("/", -1);
        try {
            return words.length == 3 ? Optional.of(Digest.parse(words[1] + ":" + words[2])) : Optional.empty();
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
