package dev.berth.registry.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Reads a part of a file, beside others who read other parts of it. Closing it leaves the file open. */
final class PartStream extends InputStream {
    private final FileChannel file;
    private long at;
    private long left;

    PartStream(FileChannel file, TarParts.Part part) {
        this.file = file;
        this.at = part.offsetBytes();
        this.left = part.sizeBytes();
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
        if (left == 0) {
            return -1;
        }
        var read = file.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)), at);
        if (read < 0) {
            throw new EOFException("the file has become shorter");
        }
        at += read;
        left -= read;
        return read;
    }
}
