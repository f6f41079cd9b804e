package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * The name of an image in a layout of several repositories: `team/web:1`, or `team/web@sha256:ab12…` for an image without a tag. Both follow
 * the grammar of the image-spec, so other tools can use them. Other tools often write a tag alone.
 */
record LayoutName(RepositoryName repository, Reference reference) {
    /**
     * Parses a name. Returns empty if it has no repository and `only` is empty.
     *
     * @param only the repository of all images in the layout, whatever their names say
     * @throws dev.berth.registry.reference.InvalidReference if the name is none
     */
    static Optional<LayoutName> parse(String name, Optional<RepositoryName> only) {
        var at = name.indexOf('@');
        var split = at >= 0 ? at : name.lastIndexOf(':');
        if (split < 0 && only.isEmpty()) {
            return Optional.empty();
        }
        var repository = only.orElseGet(() -> new RepositoryName(name.substring(0, split)));
        var rest = name.substring(split + 1);
        return Optional.of(new LayoutName(repository, at >= 0 ? Digest.parse(rest) : new Tag(rest)));
    }

    @Override
    public String toString() {
        return repository + (reference instanceof Digest ? "@" : ":") + reference;
    }
}
