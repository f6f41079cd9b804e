package dev.berth.registry.node.preload;

import dev.berth.registry.cri.ImageOnNode;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;

/** An image that a node is to have: a repository of a host, and a tag or a digest. */
record WantedImage(HostName host, RepositoryName repository, Reference reference) {
    /**
     * Reads `web:1` or `team/web@sha256:…`; without both it is the tag `latest`.
     *
     * @throws dev.berth.registry.reference.InvalidReference for anything else
     */
    static WantedImage parse(HostName host, String text) {
        var at = text.indexOf('@');
        if (at >= 0) {
            return new WantedImage(
                    host, new RepositoryName(text.substring(0, at)), Digest.parse(text.substring(at + 1)));
        }
        var colon = text.indexOf(':');
        return colon < 0
                ? new WantedImage(host, new RepositoryName(text), Tag.LATEST)
                : new WantedImage(
                        host, new RepositoryName(text.substring(0, colon)), new Tag(text.substring(colon + 1)));
    }

    /** As a runtime is asked for it. */
    String name() {
        return base() + (reference instanceof Digest ? "@" : ":") + reference;
    }

    /** Whether a node has the image in the version that the registry has. */
    boolean isIn(List<ImageOnNode> images, Digest digest) {
        return images.stream()
                .filter(image -> image.digests().contains(base() + "@" + digest))
                .anyMatch(image -> reference instanceof Digest || image.tags().contains(name()));
    }

    private String base() {
        return host + "/" + repository;
    }

    @Override
    public String toString() {
        return name();
    }
}
