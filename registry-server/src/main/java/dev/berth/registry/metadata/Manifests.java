package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;

/** The manifests of repositories, bytes and all. */
@SuppressWarnings("DoNotCallSuggester")
public final class Manifests {

    /** For GET (distribution-spec, "Pulling manifests"). */
    public Optional<Manifest> get(RepositoryName repository, Reference reference) {
        throw new UnsupportedOperationException();
    }

    /** For HEAD: reads no bytes. */
    public Optional<Descriptor> find(RepositoryName repository, Reference reference) {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes a manifest and every tag on it (distribution-spec, "Deleting Manifests").
     *
     * @return false when there is none
     */
    public boolean delete(RepositoryName repository, Digest digest) {
        throw new UnsupportedOperationException();
    }
}
