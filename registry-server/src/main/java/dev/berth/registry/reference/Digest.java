package dev.berth.registry.reference;

import dev.berth.registry.reference.InvalidReference.Part;

/** A content digest, `algorithm:hex` (OCI image-spec, "Digests"). */
public record Digest(Algorithm algorithm, String hex) implements Reference, Comparable<Digest> {
    /** Throws {@link InvalidReference} with what was expected. */
    public Digest {
        if (!algorithm.accepts(hex)) {
            throw new InvalidReference(
                    Part.DIGEST,
                    hex,
                    "a " + algorithm + " digest is " + algorithm.hexLength() + " lower-case hex digits");
        }
    }

    /**
     * Reads `sha256:ab12…` or `sha512:ab12…`.
     *
     * @throws InvalidReference with what was expected, for anything else
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidReference(Part.DIGEST, text, "a digest is algorithm:hex, such as sha256:ab12…");
        }
        var algorithm = Algorithm.named(text.substring(0, colon))
                .orElseThrow(() -> new InvalidReference(Part.DIGEST, text, "the algorithm must be sha256 or sha512"));
        return new Digest(algorithm, text.substring(colon + 1));
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
