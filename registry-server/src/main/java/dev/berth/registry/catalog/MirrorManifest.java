package dev.berth.registry.catalog;

import dev.berth.registry.manifest.MalformedManifest;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ManifestReading;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.Mirrored;
import dev.berth.registry.metadata.mirror.MirroredManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.StorageRoom;
import dev.berth.registry.storage.Stores;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Stores manifests of upstreams unchanged, even if some of what they name is not stored here. An index keeps its bytes, whichever of its
 * platforms are copied.
 */
public final class MirrorManifest {
    private final Mirrored mirrored;
    private final StorageRoom room;
    private final StorageQuota quota;

    MirrorManifest(Mirrored mirrored, StorageRoom room, StorageQuota quota) {
        this.room = room;
        this.quota = quota;
        this.mirrored = mirrored;
    }

    public static MirrorManifest of(Stores stores) {
        return new MirrorManifest(stores.metadata().mirrored(), stores.room(), stores.quota());
    }

    /**
     * Reads a manifest, before what it names is fetched.
     *
     * @param digest the digest of the body, which is not computed again
     */
    public ReadManifest read(Digest digest, ManifestBody body) {
        if (body.bytes().length > PushManifest.LIMIT_BYTES) {
            return new ReadManifest.Unreadable("a manifest is at most " + PushManifest.LIMIT_BYTES + " bytes");
        }
        try {
            var parsed = ManifestReading.parseKept(body);
            return new ReadManifest.Understood(
                    new Manifest(parsed.type().mediaType(), digest, body.bytes()), parsed.links());
        } catch (MalformedManifest e) {
            return new ReadManifest.Unreadable(e.sentence());
        }
    }

    /**
     * Stores a manifest, and sets the tag of `wish`, if it has one.
     *
     * @param mayLack which of the blobs and manifests that it names may be missing here
     */
    public MirroredManifest store(
            RepositoryName repository, ReadManifest.Understood read, Predicate<Digest> mayLack, MirrorWish wish) {
        room.require();
        var links = read.links();
        try (var share = quota.share()) {
            share.next(read.manifest().bytes().length);
            var outcome = mirrored.store(repository, read.manifest(), links, required(links, mayLack), wish);
            if (outcome instanceof MirroredManifest.Stored) {
                share.stored();
            }
            return outcome;
        }
    }

    private static ManifestLinks required(ManifestLinks links, Predicate<Digest> mayLack) {
        return new ManifestLinks(
                without(links.blobs(), mayLack), Set.of(), without(links.manifests(), mayLack), links.subject());
    }

    private static Set<Digest> without(Set<Digest> digests, Predicate<Digest> left) {
        return digests.stream().filter(left.negate()).collect(Collectors.toSet());
    }
}
