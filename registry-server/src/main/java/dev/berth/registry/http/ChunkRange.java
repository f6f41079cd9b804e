package dev.berth.registry.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a chunk of an upload goes, `Content-Range: 0-1023` (distribution-spec, "Pushing a blob in chunks": first and last byte, without the
 * unit that HTTP would have there).
 */
record ChunkRange(long first, long last) {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** @throws Refused when it isn't a range, or runs backwards */
    static ChunkRange parse(String header) {
        var matcher = GRAMMAR.matcher(header.strip());
        if (!matcher.matches()) {
            throw new Refused(Refusal.UPLOAD_RANGE_INVALID, "Content-Range was written " + header);
        }
        var range = new ChunkRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.last < range.first) {
            throw new Refused(Refusal.UPLOAD_RANGE_INVALID, "Content-Range was written " + header);
        }
        return range;
    }

    long lengthBytes() {
        return last - first + 1;
    }

    /** Whether a body of that length can be what this range announces; an unknown length is measured later. */
    boolean agreesWith(Optional<Long> contentLength) {
        return contentLength.map(length -> length == lengthBytes()).orElse(true);
    }
}
