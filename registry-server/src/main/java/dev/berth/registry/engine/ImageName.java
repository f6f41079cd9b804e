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
    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?|\\[[0-9a-fA-F:]+](?::[0-9]{1,5})?");
    private static final int LONGEST = 512;

    /** Throws {@link EngineException} with what was expected. */
    public static ImageName parse(String text) {
        var slash = text.indexOf('/');
        var first = slash < 0 ? "" : text.substring(0, slash);
        var named = first.contains(".") || first.contains(":") || first.equals("localhost");
        var host = named ? first : DOCKER_HUB;
        var rest = named ? text.substring(slash + 1) : text;
        if (text.length() > LONGEST || !HOST.matcher(host).matches()) {
            throw wrong(text, "\"" + Printable.of(host) + "\" is no host of a registry");
        }
        try {
            var path = path(rest);
            var name = host.equals(DOCKER_HUB) && !path.contains("/") ? "library/" + path : path;
            return new ImageName(host, new RepositoryName(name), reference(rest));
        } catch (InvalidReference e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
    }

    private static String path(String rest) {
        var at = rest.indexOf('@');
        var plain = at < 0 ? rest : rest.substring(0, at);
        var colon = plain.indexOf(':');
        return colon < 0 ? plain : plain.substring(0, colon);
    }

    /** A digest says more than a tag: if both are written, the digest counts. */
    private static Reference reference(String rest) {
        var at = rest.indexOf('@');
        if (at >= 0) {
            return Digest.parse(rest.substring(at + 1));
        }
        var colon = rest.indexOf(':');
        return colon < 0 ? Tag.LATEST : new Tag(rest.substring(colon + 1));
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
