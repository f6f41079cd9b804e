package dev.berth.registry.http;

/** `length` bytes from `first` on. */
public record ByteRange(long first, long lengthBytes) {
    public ByteRange {
        if (first < 0 || lengthBytes < 0) {
            throw new IllegalArgumentException("a range of " + lengthBytes + " bytes from " + first);
        }
    }

    /** The last byte's offset; one before the first for an empty range. */
    public long last() {
        return first + lengthBytes - 1;
    }

    /** As in `Content-Range: bytes 0-99/1000` (RFC 9110, 14.4). */
    public String contentRange(long sizeBytes) {
        return "bytes " + first + "-" + last() + "/" + sizeBytes;
    }
}
