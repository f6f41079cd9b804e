package dev.berth.registry.upstream.sync;

import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.MirroredManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.images.IndexEntries;
import dev.berth.registry.upstream.images.PlatformChoice;
import dev.berth.registry.upstream.limits.MirrorQuota;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Copies images. Copies first what a manifest references, then its referrers, and last the manifest with its tag, so that every tag here
 * names a complete image. What is stored already is not fetched again. For any thread.
 */
final class CopyImages {
    /** How deep indexes may list other indexes. */
    private static final int DEEPEST = 4;

    private static final Scope WHOLE = new Scope(PlatformChoice.ALL, false);

    private final SyncStore store;
    private final UpstreamClient client;
    private final MirrorQuota quota;
    private final CopyBlobs blobs;

    /** How much of an image a sync copies. Its text is stored with the image, so that a change of the settings is noticed. */
    record Scope(PlatformChoice platforms, boolean referrers) {
        @Override
        public String toString() {
            return platforms + (referrers ? " and referrers" : "");
        }
    }

    CopyImages(SyncSource source, CopyBlobs blobs) {
        this.store = source.store();
        this.client = source.client();
        this.quota = source.quota();
        this.blobs = blobs;
    }

    /**
     * Copies an image and tags it.
     *
     * @param source the tag, or the digest that the tag is to name
     */
    void copy(SyncRepository repository, Tag tag, Reference source, Scope scope) throws InterruptedException {
        var image = fetch(repository, source);
        var children = copyContent(repository, image, scope, 0);
        if (scope.referrers()) {
            copyReferrers(repository, image.manifest().digest());
            for (var child : children) {
                copyReferrers(repository, child);
            }
        }
        var wish = new MirrorWish(Optional.of(tag), Optional.of(scope.toString()));
        store(repository, image, lacking(image, children), wish);
    }

    /** Copies the referrers of a manifest that are not stored yet: signatures, attestations, SBOMs. */
    void copyReferrers(SyncRepository repository, Digest subject) throws InterruptedException {
        for (var referrer : client.referrers(repository.there(), subject)) {
            if (!store.hasManifest(repository.here(), referrer.digest())) {
                copyByDigest(repository, referrer.digest(), WHOLE, 1);
            }
        }
    }

    private void copyByDigest(SyncRepository repository, Digest digest, Scope scope, int depth)
            throws InterruptedException {
        var manifest = fetch(repository, digest);
        var children = copyContent(repository, manifest, scope, depth);
        store(repository, manifest, lacking(manifest, children), MirrorWish.UNTAGGED);
    }

    /** Copies what a manifest references, as far as it is wanted. Returns the manifests that were copied. */
    private Set<Digest> copyContent(SyncRepository repository, ReadManifest.Understood image, Scope scope, int depth)
            throws InterruptedException {
        if (depth > DEEPEST) {
            throw new SyncException("Malformed", "its indexes list other indexes more than " + DEEPEST + " deep");
        }
        blobs.copy(repository, image.links().blobs());
        var children = wanted(image, scope);
        for (var child : children) {
            copyByDigest(repository, child, scope, depth + 1);
        }
        return children;
    }

    private static Set<Digest> wanted(ReadManifest.Understood image, Scope scope) {
        if (scope.platforms().isAll() || image.links().manifests().isEmpty()) {
            return image.links().manifests();
        }
        var entries = IndexEntries.read(image.manifest().bytes());
        if (entries.lacks(scope.platforms())) {
            throw new SyncException(
                    "Platform",
                    "it has no image for " + scope.platforms() + ", only for "
                            + String.join(", ", entries.platforms()));
        }
        var wanted = new HashSet<>(entries.wanted(scope.platforms(), scope.referrers()));
        wanted.retainAll(image.links().manifests());
        return wanted;
    }

    private static Predicate<Digest> lacking(ReadManifest.Understood image, Set<Digest> children) {
        var left = new HashSet<>(image.links().manifests());
        left.removeAll(children);
        return left::contains;
    }

    private ReadManifest.Understood fetch(SyncRepository repository, Reference reference) throws InterruptedException {
        var here = reference instanceof Digest digest
                ? store.manifest(repository.here(), digest)
                : Optional.<Manifest>empty();
        if (here.isPresent()) {
            return read(here.get().digest(), here.get().mediaType(), here.get().bytes());
        }
        quota.requireRoom();
        var manifest = client.manifest(repository.there(), reference);
        return read(manifest.digest(), manifest.mediaType(), manifest.bytes());
    }

    private ReadManifest.Understood read(Digest digest, String mediaType, byte[] bytes) {
        return switch (store.read(digest, mediaType, bytes)) {
            case ReadManifest.Understood understood -> understood;
            case ReadManifest.Unreadable unreadable -> throw new SyncException("Malformed", unreadable.sentence());
            case ReadManifest.Schema1 _ ->
                throw new SyncException(
                        "Malformed", "it is a manifest of Docker's schema 1, which this registry does not store");
        };
    }

    private void store(
            SyncRepository repository, ReadManifest.Understood manifest, Predicate<Digest> mayLack, MirrorWish wish) {
        switch (store.store(repository.here(), manifest, mayLack, wish)) {
            case MirroredManifest.Stored _ -> quota.stored(manifest.manifest().bytes().length);
            case MirroredManifest.PersonsTag _ -> {}
            case MirroredManifest.Missing missing ->
                throw new SyncException("Storage", "parts of the image were deleted while it was copied: " + missing);
        }
    }
}
