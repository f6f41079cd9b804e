package dev.berth.registry.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files of a tar are in it. Only headers are read.
 *
 * @param files    by their names, without `./`; of two by one name, the later counts
 * @param endBytes up to where the tar was understood
 * @param whole    whether it ends there as a tar ends, by an empty block
 */
record TarParts(Map<String, Part> files, long endBytes, boolean whole) {
    private static final int LONGEST_EXTENSION = 1 << 20;

    /** Where a file's bytes are. */
    record Part(long offsetBytes, long sizeBytes) {
        /** Where the next header may be. */
        long endBytes() {
            return offsetBytes
                    + (sizeBytes + TarHeader.BLOCK_BYTES - 1) / TarHeader.BLOCK_BYTES * TarHeader.BLOCK_BYTES;
        }

        InputStream open(FileChannel tar) {
            return new PartStream(tar, this);
        }
    }

    static TarParts read(FileChannel tar) throws IOException {
        var files = new LinkedHashMap<String, Part>();
        var longName = Optional.<String>empty();
        var understood = 0L;
        for (var at = 0L; ; ) {
            var block = block(tar, at);
            if (block.isEmpty()) {
                return new TarParts(files, understood, false);
            }
            if (isEmpty(block.get())) {
                return new TarParts(files, understood, true);
            }
            var read = TarHeader.read(block.get());
            var body = at + TarHeader.BLOCK_BYTES;
            if (read.isEmpty() || !fits(read.get(), tar.size() - body)) {
                return new TarParts(files, understood, false);
            }
            var header = read.get();
            var part = new Part(body, header.sizeBytes());
            switch (header.type()) {
                case TarHeader.PAX ->
                    longName = Optional.ofNullable(
                            PaxHeader.read(extension(tar, part)).values().get("path"));
                case TarHeader.LONG_NAME -> longName = Optional.of(name(extension(tar, part)));
                case TarHeader.FILE -> files.put(plain(longName.orElse(header.name())), part);
                default -> {}
            }
            at = body + header.paddedBytes();
            if (header.type() != TarHeader.PAX && header.type() != TarHeader.LONG_NAME) {
                longName = Optional.empty();
                understood = at;
            }
        }
    }

    private static Optional<byte[]> block(FileChannel tar, long at) throws IOException {
        var block = ByteBuffer.allocate(TarHeader.BLOCK_BYTES);
        while (block.hasRemaining()) {
            if (tar.read(block, at + block.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(block.array());
    }

    private static boolean isEmpty(byte[] block) {
        for (var b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Of what an archive says of itself, nothing is taken for true. */
    private static boolean fits(TarHeader header, long left) {
        return header.sizeBytes() >= 0
                && header.sizeBytes() <= left
                && header.paddedBytes() <= left
                && (header.type() == TarHeader.FILE
                        || header.sizeBytes() <= LONGEST_EXTENSION
                        || (header.type() != TarHeader.PAX && header.type() != TarHeader.LONG_NAME));
    }

    private static byte[] extension(FileChannel tar, Part part) throws IOException {
        try (var bytes = part.open(tar)) {
            var read = bytes.readNBytes((int) part.sizeBytes());
            if (read.length < part.sizeBytes()) {
                throw new EOFException("it has become shorter");
            }
            return read;
        }
    }

    private static String name(byte[] bytes) {
        var name = new String(bytes, StandardCharsets.UTF_8);
        var end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }
}
