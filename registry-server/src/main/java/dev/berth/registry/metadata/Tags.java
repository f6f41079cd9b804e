package dev.berth.registry.metadata;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;

/** The tags of repositories. */
@SuppressWarnings("DoNotCallSuggester")
public final class Tags {

    /** In ASCII order (distribution-spec, "Listing Tags"); empty when nobody knows the repository. */
    public Optional<Page<Tag>> list(RepositoryName repository, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a tag off its manifest, which stays (distribution-spec, "Deleting tags").
     *
     * @return false when there is none
     */
    public boolean delete(RepositoryName repository, Tag tag) {
        throw new UnsupportedOperationException();
    }
}
