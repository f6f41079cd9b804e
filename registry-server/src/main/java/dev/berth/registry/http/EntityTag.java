package dev.berth.registry.http;

import dev.berth.registry.reference.Digest;
import java.util.Arrays;
import java.util.Optional;

/** The digest of some content as HTTP's entity tag, `"sha256:…"` (RFC 9110, 8.8.3). */
record EntityTag(String quoted) {
    static EntityTag of(Digest digest) {
        return new EntityTag('"' + digest.toString() + '"');
    }

    /** Whether an `If-None-Match` header names it: then the client has it already. */
    boolean isAmong(Optional<String> ifNoneMatch) {
        return ifNoneMatch.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || withoutWeakness(tag).equals(quoted));
    }

    /** Whether a range may be answered: the client's `If-Range`, if any, is about the same content. */
    boolean allowsRange(Optional<String> ifRange) {
        return ifRange.map(tag -> tag.strip().equals(quoted)).orElse(true);
    }

    private static String withoutWeakness(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    @Override
    public String toString() {
        return quoted;
    }
}
