package dev.berth.registry.transfer.layout;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Where the files of a tar are in it. Only headers are read.
 *
 * @param files    by name, without a leading `./`; if a name occurs twice, its last file counts
 * @param endBytes the end of the last file that could be understood
 * @param whole    whether the tar ends there with an empty block, as POSIX asks
 */
record TarParts(Map<String, Part> files, long endBytes, boolean whole) {
    /** Bounds the memory that reading one header takes, whatever the tar says of itself. */
    private static final long LONGEST_HEADER = 1 << 20;

    /** Where the bytes of one file are in a tar. */
    record Part(long offsetBytes, long sizeBytes) {
        /** The end of the file's last block, where the next header begins. */
        long endBytes() {
            return offsetBytes + Math.ceilDiv(sizeBytes, TarConstants.DEFAULT_RCDSIZE) * TarConstants.DEFAULT_RCDSIZE;
        }

        /** Reads the bytes of the file. Any number of threads may read a tar at once; closing the stream leaves the tar open. */
        InputStream open(FileChannel tar) {
            return new PartStream(tar, this);
        }

        private boolean fits(long tarBytes) {
            return sizeBytes >= 0 && sizeBytes <= tarBytes - offsetBytes && endBytes() <= tarBytes;
        }
    }

    /**
     * Reads the headers of a tar, up to its end or to the first header that is damaged or cut off.
     *
     * @throws IOException if the size of the tar can't be read
     */
    static TarParts read(FileChannel tar) throws IOException {
        var files = new LinkedHashMap<String, Part>();
        var end = 0L;
        while (true) {
            // A reader for each file: one for all of them would read the bytes between two headers, too.
            var headers = new PartStream(tar, new Part(end, Math.min(LONGEST_HEADER, tar.size() - end)));
            try (var reader = new HeaderReader(headers)) {
                var entry = reader.getNextEntry();
                if (entry == null) {
                    return new TarParts(files, end, reader.endSeen);
                }
                var part = new Part(headers.at, entry.isDirectory() ? 0 : entry.getSize());
                if (!entry.isCheckSumOK() || !part.fits(tar.size())) {
                    return new TarParts(files, end, false);
                }
                if (isFile(entry)) {
                    files.put(plain(entry.getName()), part);
                }
                end = part.endBytes();
            } catch (IOException | IllegalArgumentException damaged) {
                return new TarParts(files, end, false);
            }
        }
    }

    /** The library takes links for files, too. */
    private static boolean isFile(TarArchiveEntry entry) {
        var type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
    }

    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /** Tells a tar that ends from one that is cut off; the library does not. */
    private static final class HeaderReader extends TarArchiveInputStream {
        private boolean endSeen;

        HeaderReader(InputStream tar) {
            super(tar, StandardCharsets.UTF_8.name());
        }

        @Override
        protected boolean isEOFRecord(byte[] block) {
            var end = super.isEOFRecord(block);
            endSeen |= end && block != null;
            return end;
        }
    }

    /** Reads a part of a file by positions of its own. */
    private static final class PartStream extends InputStream {
        private final FileChannel file;
        private final long end;
        private long at;

        PartStream(FileChannel file, Part part) {
            this.file = file;
            this.at = part.offsetBytes();
            this.end = part.offsetBytes() + part.sizeBytes();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (length == 0) {
                return 0;
            }
            if (at == end) {
                return -1;
            }
            var read = file.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, end - at)), at);
            if (read < 0) {
                throw new EOFException("the file has become shorter");
            }
            at += read;
            return read;
        }
    }
}
