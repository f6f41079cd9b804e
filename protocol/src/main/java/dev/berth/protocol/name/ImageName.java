package dev.berth.protocol.name;

import java.util.Optional;

/**
 * An image's name in its parts: `nginx`, `team/web:1`, `apps.team-a.svc/web@sha256:ab12…`. What is left out is filled in as Docker does:
 * the registry is docker.io, its single-word repositories live under `library/`, the tag is `latest`.
 *
 * <p>Any text has parts. Which characters a part may have is not checked here.
 *
 * @param registry host, with a port where one was written; docker.io under all of Docker Hub's names for images
 * @param tag empty only when a digest was written without a tag
 */
public record ImageName(String registry, String repository, Optional<String> tag, Optional<String> digest) {
    private static final String LATEST = "latest";
    private static final String OTHER_NAME_OF_DOCKER_HUB = "index.docker.io";

    /** Reads a full or short name. */
    public static ImageName parse(String text) {
        var at = text.indexOf('@');
        var named = at < 0 ? text : text.substring(0, at);
        var digest = at < 0 ? Optional.<String>empty() : Optional.of(text.substring(at + 1));
        var slash = named.indexOf('/');
        var hasRegistry = slash > 0 && looksLikeRegistry(named.substring(0, slash));
        var registry = hasRegistry ? canonical(named.substring(0, slash)) : DockerHub.HOST;
        var path = hasRegistry ? named.substring(slash + 1) : named;
        var colon = path.lastIndexOf(':');
        var tagged = colon > path.lastIndexOf('/');
        var tag = tagged
                ? Optional.of(path.substring(colon + 1))
                : digest.isPresent() ? Optional.<String>empty() : Optional.of(LATEST);
        return new ImageName(registry, repository(registry, tagged ? path.substring(0, colon) : path), tag, digest);
    }

    /** The name with one reference: the digest where there is one, since it can't move, else the tag. */
    public String pinned() {
        return new ImageName(registry, repository, digest.isPresent() ? Optional.empty() : tag, digest).toString();
    }

    @Override
    public String toString() {
        return registry + "/" + repository + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }

    /** Docker's rule: the first word is a registry if it can't be a user's name. */
    private static boolean looksLikeRegistry(String word) {
        return word.indexOf('.') >= 0
                || word.indexOf(':') >= 0
                || word.equals("localhost")
                || word.chars().anyMatch(Character::isUpperCase);
    }

    private static String canonical(String registry) {
        return registry.equals(OTHER_NAME_OF_DOCKER_HUB) ? DockerHub.HOST : registry;
    }

    private static String repository(String registry, String path) {
        return registry.equals(DockerHub.HOST) ? DockerHub.repository(path) : path;
    }
}
