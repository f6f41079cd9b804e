package dev.berth.registry.transfer.layout;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Appends files to a tar, at the position of its channel. Headers name no user and no time, so that the same files give the same bytes on
 * every machine.
 */
record TarWriter(FileChannel tar) {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int MODE = 0644;

    /** Writes the bytes of one file. */
    interface Body {
        /** Returns false to leave the file out of the tar. */
        boolean writeTo(OutputStream file) throws IOException;
    }

    /** Appends a file, or leaves the tar as it was when the body returns false. Returns what the body returned. */
    boolean append(String name, long sizeBytes, Body body) throws IOException {
        var begin = tar.position();
        var buffer = buffer();
        var format = new Format(buffer);
        format.putArchiveEntry(entry(name, sizeBytes));
        if (!body.writeTo(format)) {
            buffer.flush();
            tar.truncate(begin).position(begin);
            return false;
        }
        format.closeArchiveEntry();
        buffer.flush();
        return true;
    }

    /** Writes the blocks that end a tar. */
    void end() throws IOException {
        var buffer = buffer();
        new Format(buffer).finish();
        buffer.flush();
    }

    /** What {@link #append} writes before the bytes of a file. */
    static byte[] header(String name, long sizeBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new Format(bytes).putArchiveEntry(entry(name, sizeBytes));
        return bytes.toByteArray();
    }

    private BufferedOutputStream buffer() {
        return new BufferedOutputStream(Channels.newOutputStream(tar), BUFFER_BYTES);
    }

    private static TarArchiveEntry entry(String name, long sizeBytes) {
        var entry = new TarArchiveEntry(name);
        entry.setMode(MODE);
        entry.setModTime(0);
        entry.setSize(sizeBytes);
        return entry;
    }

    /** Is never closed: that would end the tar and close its file. */
    private static final class Format extends TarArchiveOutputStream {
        Format(OutputStream target) {
            super(target, StandardCharsets.UTF_8.name());
            setLongFileMode(LONGFILE_POSIX);
            setBigNumberMode(BIGNUMBER_STAR);
        }

        /** The library names the user of this process, also in headers that it adds for a long name. */
        @Override
        public void putArchiveEntry(TarArchiveEntry entry) throws IOException {
            entry.setUserName("");
            super.putArchiveEntry(entry);
        }
    }
}
