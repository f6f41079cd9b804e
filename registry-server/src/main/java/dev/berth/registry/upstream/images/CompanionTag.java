package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tag whose name is made of the digest of the image that it is about: `sha256-ab12….sig`, `.att` and `.sbom` of cosign, and the referrers
 * tag
 * schema's `sha256-ab12…` (distribution-spec, "Referrers Tag Schema").
 */
public record CompanionTag(Tag tag, Digest subject) {
    private static final Pattern FORM = Pattern.compile("sha256-([0-9a-f]{64})(?:\\.[a-z0-9]+)?");

    /** Reads a companion tag. Empty for any other tag. */
    public static Optional<CompanionTag> of(Tag tag) {
        var form = FORM.matcher(tag.value());
        return form.matches()
                ? Optional.of(new CompanionTag(tag, new Digest(Algorithm.SHA256, form.group(1))))
                : Optional.empty();
    }

    public static boolean is(Tag tag) {
        return of(tag).isPresent();
    }
}
