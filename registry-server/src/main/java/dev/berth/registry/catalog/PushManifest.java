package dev.berth.registry.catalog;

import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Set;

/** Stores a manifest with all that its references mean, in one transaction (distribution-spec, "Pushing Manifests"). */
@SuppressWarnings("DoNotCallSuggester")
public final class PushManifest {

    /** The largest manifest taken; the spec asks for at least this much. */
    public static final int LIMIT_BYTES = 4 * 1024 * 1024;

    public PutManifest put(RepositoryName repository, Reference reference, ManifestBody body) {
        return put(repository, reference, body, Set.of());
    }

    /** The same, and moves more tags to it in the same step. */
    public PutManifest put(RepositoryName repository, Reference reference, ManifestBody body, Set<Tag> tags) {
        throw new UnsupportedOperationException();
    }
}
