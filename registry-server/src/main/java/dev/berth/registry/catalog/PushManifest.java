package dev.berth.registry.catalog;

import dev.berth.registry.manifest.MalformedManifest;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ManifestReading;
import dev.berth.registry.manifest.ParsedManifest;
import dev.berth.registry.metadata.manifest.Condition;
import dev.berth.registry.metadata.manifest.Expectation;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.StorageRoom;
import dev.berth.registry.storage.Stores;
import java.util.HashSet;
import java.util.Set;

/** Stores a manifest and indexes what it names, in one transaction (distribution-spec, "Pushing Manifests"). */
public final class PushManifest {
    /** The largest manifest that is accepted, in bytes. */
    public static final int LIMIT_BYTES = ManifestReading.LIMIT_BYTES;

    private final Manifests manifests;
    private final StorageRoom room;
    private final StorageQuota quota;

    PushManifest(Manifests manifests, StorageRoom room, StorageQuota quota) {
        this.room = room;
        this.quota = quota;
        this.manifests = manifests;
    }

    public static PushManifest of(Stores stores) {
        return new PushManifest(stores.metadata().manifests(), stores.room(), stores.quota());
    }

    public PutManifest put(RepositoryName repository, Reference reference, ManifestBody body) {
        return put(repository, new Condition(reference, Expectation.NONE), body, Set.of());
    }

    /** Stores the manifest only if `condition` holds in the transaction, and moves `tags` in the same step. */
    public PutManifest put(RepositoryName repository, Condition condition, ManifestBody body, Set<Tag> tags) {
        if (body.bytes().length > LIMIT_BYTES) {
            return new PutManifest.TooLarge(LIMIT_BYTES);
        }
        return switch (condition.reference()) {
            case Tag tag -> {
                var all = new HashSet<Tag>(tags);
                all.add(tag);
                yield parseAndStore(repository, Algorithm.SHA256.digestOf(body.bytes()), body, all, condition);
            }
            case Digest announced -> {
                var actual = announced.algorithm().digestOf(body.bytes());
                yield actual.equals(announced)
                        ? parseAndStore(repository, actual, body, tags, condition)
                        : new PutManifest.DigestMismatch(announced, actual);
            }
        };
    }

    private PutManifest parseAndStore(
            RepositoryName repository, Digest digest, ManifestBody body, Set<Tag> tags, Condition condition) {
        ParsedManifest parsed;
        try {
            parsed = ManifestReading.parse(body);
        } catch (MalformedManifest e) {
            return new PutManifest.Malformed(e.sentence());
        }
        room.require();
        var manifest = new Manifest(parsed.type().mediaType(), digest, body.bytes());
        try (var share = quota.share()) {
            share.next(body.bytes().length);
            var outcome = manifests.store(repository, manifest, parsed.links(), tags, condition);
            if (outcome instanceof PutManifest.Stored) {
                share.stored();
            }
            return outcome;
        }
    }
}
