package dev.berth.registry.engine;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.regex.Pattern;

/**
 * The full name of an image as Docker reads it: `nginx` is `docker.io/library/nginx:latest`.
 *
 * @param registry the host, with its port if it is written
 */
public record ImageName(String registry, RepositoryName repository, Reference reference) {
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?|\\[[0-9a-fA-F:]+](?::[0-9]{1,5})?");
    private static final int LONGEST = 512;

    /** Throws {@link EngineException} with what was expected. A digest says more than a tag: if both are written, the digest counts. */
    public static ImageName parse(String text) {
        var parts = dev.berth.protocol.name.ImageName.parse(text);
        if (text.length() > LONGEST || !HOST.matcher(parts.registry()).matches()) {
            throw wrong(text, "\"" + Printable.of(parts.registry()) + "\" is no host of a registry");
        }
        try {
            var reference = parts.digest()
                    .<Reference>map(Digest::parse)
                    .or(() -> parts.tag().map(Tag::new));
            return new ImageName(
                    parts.registry(), new RepositoryName(parts.repository()), reference.orElse(Tag.LATEST));
        } catch (InvalidReference e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
    }

    /** The name without tag and digest. */
    String bare() {
        return registry + "/" + repository;
    }

    private static EngineException wrong(String text, String why) {
        return new EngineException(
                new EngineFailure.Misconfigured("\"" + Printable.of(text) + "\" is no name of an image: " + why + "."));
    }

    @Override
    public String toString() {
        return bare() + (reference instanceof Digest ? "@" : ":") + reference;
    }
}
