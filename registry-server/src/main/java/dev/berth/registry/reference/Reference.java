package dev.berth.registry.reference;

/** What names a manifest within its repository: a tag or a digest (distribution-spec, "Pulling manifests"). */
public sealed interface Reference permits Tag, Digest {
    /**
     * Reads `1.27` or `sha256:ab12…`: a colon makes it a digest.
     *
     * @throws InvalidReference with what was expected
     */
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
    }
}
