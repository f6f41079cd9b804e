package dev.berth.registry.api;

import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a chunk in an upload, `Content-Range: 0-1023` (distribution-spec, "Pushing a blob in chunks"): its first and last byte, without
 * the unit that HTTP has there.
 */
record ChunkRange(long first, long last) {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /**
     * Reads a range.
     *
     * @throws Refused when `text` is not a range, or ends before it starts
     */
    static ChunkRange parse(String header) {
        var matcher = GRAMMAR.matcher(header.strip());
        if (!matcher.matches()) {
            throw new Refused(Refusal.UPLOAD_RANGE_INVALID, "it was " + header);
        }
        var range = new ChunkRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.last < range.first) {
            throw new Refused(Refusal.UPLOAD_RANGE_INVALID, "it was " + header);
        }
        return range;
    }

    long lengthBytes() {
        return last - first + 1;
    }

    /** Whether a body of this length fits the range. A body of unknown length is measured later. */
    boolean agreesWith(Optional<Long> contentLength) {
        return contentLength.map(length -> length == lengthBytes()).orElse(true);
    }
}
