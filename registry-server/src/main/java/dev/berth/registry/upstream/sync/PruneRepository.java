package dev.berth.registry.upstream.sync;

import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.CompanionTag;
import dev.berth.registry.upstream.images.KeptImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deletes the tags of a repository that the upstream no longer has or the settings no longer select, and the manifests that only those tags
 * kept. Tags that a person has pushed and images in use stay. Garbage collection deletes the bytes.
 */
final class PruneRepository {
    private final SyncStore store;
    private final KeptImages kept;
    private final boolean companions;

    /** @param companions whether tags that hold signatures stay with their images */
    PruneRepository(SyncStore store, KeptImages kept, boolean companions) {
        this.store = store;
        this.kept = kept;
        this.companions = companions;
    }

    void prune(RepositoryName here, Set<Tag> wanted) {
        var tags = TagsHere.read(store, here);
        var unwanted = tags.mirrored().stream()
                .filter(tag -> !wanted.contains(tag) && !isInUse(here, tag, tags.of(tag)))
                .toList();
        unwanted.stream().filter(tag -> !CompanionTag.is(tag)).forEach(tag -> pruneTag(here, tag));
        unwanted.stream()
                .flatMap(tag -> CompanionTag.of(tag).stream())
                .filter(tag -> !companions || isGone(here, tag.subject()))
                .forEach(tag -> pruneTag(here, tag.tag()));
    }

    private boolean isInUse(RepositoryName here, Tag tag, TagState state) {
        return kept.keeps(here, tag)
                || state.here().filter(digest -> kept.keeps(here, digest)).isPresent();
    }

    private boolean isGone(RepositoryName here, Digest subject) {
        return !store.hasManifest(here, subject);
    }

    private void pruneTag(RepositoryName here, Tag tag) {
        store.pruneTag(here, tag).ifPresent(digest -> pruneManifest(here, digest));
    }

    private void pruneManifest(RepositoryName here, Digest digest) {
        var manifest = store.manifest(here, digest);
        if (manifest.isEmpty() || kept.keeps(here, digest)) {
            return;
        }
        var dependent = new ArrayList<>(children(manifest.get()));
        dependent.addAll(store.referrers(here, digest));
        if (store.pruneManifest(here, digest)) {
            dependent.forEach(one -> pruneManifest(here, one));
        }
    }

    private List<Digest> children(Manifest manifest) {
        return store.read(manifest.digest(), manifest.mediaType(), manifest.bytes())
                        instanceof ReadManifest.Understood understood
                ? List.copyOf(understood.links().manifests())
                : List.of();
    }
}
