package dev.berth.registry.http;

import dev.berth.registry.metadata.Descriptor;
import dev.berth.registry.metadata.Manifests;
import dev.berth.registry.metadata.Tags;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;

/** Reading and deleting manifests (distribution-spec, "Pulling manifests", "Deleting Manifests", "Deleting tags"). */
record ManifestRoutes(Manifests manifests, Tags tags, RepositoryPresence presence) {
    Answer get(Request request) {
        var repository = request.repository();
        var reference = request.reference();
        return manifests
                .get(repository, reference)
                .map(manifest -> EntityTag.of(manifest.digest()).isAmong(request.header("If-None-Match"))
                        ? described(304, manifest.digest())
                        : described(200, manifest.digest())
                                .with(new Body.Bytes(manifest.mediaType(), manifest.bytes())))
                .orElseGet(() -> presence.missing(repository, Refusal.MANIFEST_UNKNOWN, reference));
    }

    Answer head(Request request) {
        var repository = request.repository();
        var reference = request.reference();
        return manifests
                .find(repository, reference)
                .map(ManifestRoutes::announced)
                .orElseGet(() -> presence.missing(repository, Refusal.MANIFEST_UNKNOWN, reference));
    }

    /** By digest the manifest goes with all its tags; by tag only that tag. */
    Answer delete(Request request) {
        var repository = request.repository();
        var reference = request.reference();
        var deleted = switch (reference) {
            case Digest digest -> manifests.delete(repository, digest);
            case Tag tag -> tags.delete(repository, tag);
        };
        return deleted ? Answer.status(202) : presence.missing(repository, Refusal.MANIFEST_UNKNOWN, reference);
    }

    private static Answer announced(Descriptor descriptor) {
        return described(200, descriptor.digest())
                .with(new Body.Announced(descriptor.mediaType(), descriptor.sizeBytes()));
    }

    private static Answer described(int status, Digest digest) {
        return Answer.status(status).header("Docker-Content-Digest", digest).header("ETag", EntityTag.of(digest));
    }
}
