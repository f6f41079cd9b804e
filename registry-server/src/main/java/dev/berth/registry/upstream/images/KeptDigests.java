package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Images that are in use somewhere, told by digest, so that who reads the settings doesn't learn which images others run. A digest is the
 * first 32 hex digits of SHA-256 over the mirror's name, a line feed and the image's full name, `docker.io/library/nginx:1.27`.
 *
 * @param mirror   the mirror's name, without which the same image would have the same digest everywhere
 * @param upstream the host that the images' full names begin with
 */
public record KeptDigests(String mirror, String upstream, Set<String> digests) {
    private static final int LENGTH = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

    public KeptDigests {
        digests = Set.copyOf(digests);
    }

    /** Whether a text can be one of the digests. */
    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    boolean keeps(RepositoryName here, Reference reference) {
        return !digests.isEmpty() && digests.contains(of(fullName(here, reference)));
    }

    /** As pods write it: a port stands behind a colon there, and not behind an underscore. */
    private String fullName(RepositoryName here, Reference reference) {
        var there = here.value().substring(here.value().indexOf('/') + 1);
        return upstream + "/" + there + (reference instanceof Digest ? "@" : ":") + reference;
    }

    private String of(String image) {
        var text = mirror + "\n" + image;
        return Algorithm.SHA256
                .digestOf(text.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, LENGTH);
    }
}
