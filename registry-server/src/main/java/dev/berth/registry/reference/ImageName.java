package dev.berth.registry.reference;

import dev.berth.registry.reference.InvalidReference.Part;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image as people write it: `nginx`, `team/web:1`, `apps.team-a.svc/web@sha256:ab12…`. What is left out is filled in
 * as Docker does: the registry is docker.io, its single-word repositories live under `library/`, the tag is `latest`.
 *
 * @param registry host, with a port where one was written
 * @param tag      empty only when a digest was written without a tag
 */
public record ImageName(String registry, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {

    public static final String DOCKER_HUB = "docker.io";

    private static final Pattern HOST = host();

    public ImageName {
        if (!HOST.matcher(registry).matches()) {
            throw new InvalidReference(
                    Part.REGISTRY, registry, "a registry is a host name or an address, with :port if need be");
        }
    }

    /**
     * Reads a full or short name.
     *
     * @throws InvalidReference with what was expected
     */
    public static ImageName parse(String text) {
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(text.substring(at + 1)));

        int slash = named.indexOf('/');
        boolean hasRegistry = slash > 0 && looksLikeRegistry(named.substring(0, slash));
        String registry = hasRegistry ? named.substring(0, slash) : DOCKER_HUB;
        String path = hasRegistry ? named.substring(slash + 1) : named;

        int colon = path.lastIndexOf(':');
        Optional<Tag> tag = colon < 0
                ? (digest.isPresent() ? Optional.empty() : Optional.of(Tag.LATEST))
                : Optional.of(new Tag(path.substring(colon + 1)));
        return new ImageName(
                canonical(registry), repository(registry, colon < 0 ? path : path.substring(0, colon)), tag, digest);
    }

    /** What the registry is asked for: the digest where there is one, since it can't move. */
    public Reference reference() {
        return digest.<Reference>map(d -> d)
                .or(() -> tag)
                .orElseThrow(() -> new IllegalStateException(this + " has neither tag nor digest"));
    }

    @Override
    public String toString() {
        return registry + "/" + repository + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }

    /** Docker's rule: the first word is a registry if it can't be a user's name. */
    private static boolean looksLikeRegistry(String word) {
        return word.indexOf('.') >= 0 || word.indexOf(':') >= 0 || word.equals("localhost") || hasUpperCase(word);
    }

    private static boolean hasUpperCase(String word) {
        return word.chars().anyMatch(Character::isUpperCase);
    }

    private static String canonical(String registry) {
        return registry.equals("index.docker.io") ? DOCKER_HUB : registry;
    }

    private static RepositoryName repository(String registry, String path) {
        boolean official = canonical(registry).equals(DOCKER_HUB) && path.indexOf('/') < 0;
        return new RepositoryName(official ? "library/" + path : path);
    }

    private static Pattern host() {
        String label = "[a-zA-Z0-9][a-zA-Z0-9-]*+(?<=[a-zA-Z0-9])";
        String name = label + "(?:\\." + label + ")*+";
        String ipv6 = "\\[[a-fA-F0-9:]++]";
        return Pattern.compile("(?:" + name + "|" + ipv6 + ")(?::[0-9]{1,5})?");
    }
}
