package dev.berth.registry.metadata;

import dev.berth.registry.reference.RepositoryName;

/** The repositories there are: each came to be with the first blob or manifest that was stored in it. */
@SuppressWarnings("DoNotCallSuggester")
public final class Repositories {

    /** In ASCII order. */
    public Page<RepositoryName> list(PageRequest page) {
        throw new UnsupportedOperationException();
    }

    public boolean exists(RepositoryName repository) {
        throw new UnsupportedOperationException();
    }
}
