package dev.berth.registry.api;

import dev.berth.registry.http.ByteRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of some content that a `Range` header asks for (RFC 9110, 14.2). */
sealed interface RequestedRange {
    /** All of it: there is no header, or one that this server may ignore (another unit, several ranges, no range). */
    record Whole() implements RequestedRange {}

    record Part(ByteRange range) implements RequestedRange {}

    /** The range begins after the end of the content, or ends before it begins: 416 (RFC 9110, 14.2). */
    record Unsatisfiable() implements RequestedRange {}

    Pattern ONE_RANGE = Pattern.compile("(?i)bytes=(\\d{0,18})-(\\d{0,18})");

    static RequestedRange of(Optional<String> header, long sizeBytes) {
        var matcher = ONE_RANGE.matcher(header.orElse("").strip());
        if (!matcher.matches()) {
            return new Whole();
        }
        var from = matcher.group(1);
        var to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Whole() : suffix(Long.parseLong(to), sizeBytes);
        }
        var first = Long.parseLong(from);
        var last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        return last < first || first >= sizeBytes ? new Unsatisfiable() : part(first, Math.min(last, sizeBytes - 1));
    }

    /** A suffix range. Content that is shorter than the suffix is sent whole (RFC 9110, 14.1.2). */
    private static RequestedRange suffix(long wanted, long sizeBytes) {
        if (wanted == 0) {
            return new Unsatisfiable();
        }
        return sizeBytes == 0 ? new Whole() : part(Math.max(0, sizeBytes - wanted), sizeBytes - 1);
    }

    private static RequestedRange part(long first, long last) {
        return new Part(new ByteRange(first, last - first + 1));
    }
}
