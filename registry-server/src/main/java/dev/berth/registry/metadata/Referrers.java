package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** Who refers to whom (distribution-spec, "Listing Referrers"). A subject or repository that nobody knows has no referrers. */
@SuppressWarnings("DoNotCallSuggester")
public final class Referrers {

    /** The manifests of `repository` whose subject is `subject`, sorted by digest. */
    public Page<Referrer> list(RepositoryName repository, Digest subject, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** The same, of one artifact type. */
    public Page<Referrer> list(RepositoryName repository, Digest subject, String artifactType, PageRequest page) {
        throw new UnsupportedOperationException();
    }
}
