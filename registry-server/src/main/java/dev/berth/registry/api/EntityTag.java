package dev.berth.registry.api;

import dev.berth.registry.reference.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The digest of some content as HTTP's entity tag, `"sha256:…"` (RFC 9110, 8.8.3). It is a strong one: equal digests, equal bytes. */
record EntityTag(String quoted) {
    private static final Pattern ONE = Pattern.compile("(W/)?(\"[^\"]*\")");

    static EntityTag of(Digest digest) {
        return new EntityTag('"' + digest.toString() + '"');
    }

    /** Whether a list such as `If-None-Match` names this tag, weakly or not: then the client has the content already. */
    boolean isAmong(Optional<String> list) {
        return isAmong(list, true);
    }

    /** Whether a list such as `If-Match` names this tag as a strong one; a weak one may stand for other bytes. */
    boolean isStronglyAmong(Optional<String> list) {
        return isAmong(list, false);
    }

    /** Whether a range may be sent: there is no `If-Range`, or it names the same content. */
    boolean allowsRange(Optional<String> ifRange) {
        return ifRange.map(tag -> tag.strip().equals(quoted)).orElse(true);
    }

    private boolean isAmong(Optional<String> list, boolean weakly) {
        return list.map(text -> text.strip().equals("*")
                        || ONE.matcher(text)
                                .results()
                                .anyMatch(tag -> (weakly || tag.group(1) == null)
                                        && tag.group(2).equals(quoted)))
                .orElse(false);
    }

    @Override
    public String toString() {
        return quoted;
    }
}
