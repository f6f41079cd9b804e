package dev.berth.registry.upstream.sync;

import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.catalog.ManifestBody;
import dev.berth.registry.catalog.ReadManifest;
import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.metadata.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.CompanionTag;
import dev.berth.registry.upstream.images.KeptImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away the tags of a repository that are gone upstream or not wanted any more, and what only they kept. What a person has pushed
 * and what is in use stays. The bytes go by collection.
 */
final class PruneRepository {
    private static final PageRequest REFERRERS = PageRequest.first(1_000);

    private final Catalog catalog;
    private final KeptImages kept;
    private final boolean companions;

    /** @param companions whether signatures that are stored as tags stay with their images */
    PruneRepository(Catalog catalog, KeptImages kept, boolean companions) {
        this.catalog = catalog;
        this.kept = kept;
        this.companions = companions;
    }

    void prune(RepositoryName here, Set<Tag> wanted) {
        var tags = TagsHere.read(catalog, here);
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
        return catalog.manifests().find(here, subject).isEmpty();
    }

    private void pruneTag(RepositoryName here, Tag tag) {
        catalog.mirrored().prune(here, tag).ifPresent(digest -> pruneManifest(here, digest));
    }

    private void pruneManifest(RepositoryName here, Digest digest) {
        var manifest = catalog.manifests().get(here, digest);
        if (manifest.isEmpty() || kept.keeps(here, digest)) {
            return;
        }
        var dependent = new ArrayList<>(children(manifest.get()));
        catalog.referrers()
                .list(here, digest, REFERRERS)
                .items()
                .forEach(referrer -> dependent.add(referrer.descriptor().digest()));
        if (catalog.mirrored().pruneManifest(here, digest)) {
            dependent.forEach(one -> pruneManifest(here, one));
        }
    }

    private List<Digest> children(Manifest manifest) {
        var body = new ManifestBody(Optional.of(manifest.mediaType()), manifest.bytes());
        return catalog.mirrorManifest().read(manifest.digest(), body) instanceof ReadManifest.Understood understood
                ? List.copyOf(understood.links().manifests())
                : List.of();
    }
}
