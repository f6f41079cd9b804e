package dev.berth.registry.transfer.layout;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * An image's name in a layout of several repositories: `team/web:1`, or `team/web@sha256:ab12…` without a tag. Both follow the grammar that
 * the image-spec gives for it, so that other tools can ask for them; what those write of themselves is a tag alone.
 */
record LayoutName(RepositoryName repository, Reference reference) {
    /**
     * Reads a name.
     *
     * @param only the repository that all images of the layout are of, whatever their names say of it
     * @throws dev.berth.registry.reference.InvalidReference for what can't be one
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
