package dev.berth.registry.upstream.sync;

import dev.berth.registry.catalog.MirrorManifest;
import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.Job;
import dev.berth.registry.coordination.Leadership;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.mirror.MirrorSync;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.MirroredManifest;
import dev.berth.registry.metadata.mirror.MirroredTag;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.Stores;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a scheduled mirror reads and writes of the registry that it copies into. For any thread; calls block. */
public final class SyncStore {
    private static final PageRequest REFERRERS = PageRequest.first(1_000);

    private final Metadata metadata;
    private final Coordination coordination;
    private final PushBlob pushBlob;
    private final MountBlob mountBlob;
    private final MirrorManifest mirrorManifest;

    private SyncStore(Stores stores, PushBlob pushBlob, MountBlob mountBlob, MirrorManifest mirrorManifest) {
        this.metadata = stores.metadata();
        this.coordination = stores.coordination();
        this.pushBlob = pushBlob;
        this.mountBlob = mountBlob;
        this.mirrorManifest = mirrorManifest;
    }

    public static SyncStore of(Stores stores, PushBlob pushBlob) {
        return new SyncStore(stores, pushBlob, MountBlob.of(stores), MirrorManifest.of(stores));
    }

    /** Whether a repository has a blob. If so, leases the blob for a while, though no manifest references it yet. */
    boolean renewLease(RepositoryName here, Digest blob) {
        return metadata.leases().renew(here, blob);
    }

    /** Mounts a blob from another repository that `from` allows. Returns false when none has the blob. */
    boolean mount(RepositoryName here, Digest blob, Predicate<RepositoryName> from) {
        return mountBlob.mountFromAny(here, blob, from);
    }

    /** Begins to store a blob. */
    UploadWriter startBlob(RepositoryName here, Algorithm algorithm) {
        return pushBlob.startWhole(here, algorithm);
    }

    boolean hasManifest(RepositoryName here, Digest digest) {
        return metadata.manifests().find(here, digest).isPresent();
    }

    Optional<Manifest> manifest(RepositoryName here, Digest digest) {
        return metadata.manifests().get(here, digest);
    }

    /** Reads the bytes of a manifest. */
    ReadManifest read(Digest digest, String mediaType, byte[] bytes) {
        return mirrorManifest.read(digest, new ManifestBody(Optional.of(mediaType), bytes));
    }

    /**
     * Stores a manifest, with its tag if `wish` has one.
     *
     * @param mayLack which of the blobs and manifests that it references may be missing here
     */
    MirroredManifest store(
            RepositoryName here, ReadManifest.Understood manifest, Predicate<Digest> mayLack, MirrorWish wish) {
        return mirrorManifest.store(here, manifest, mayLack, wish);
    }

    /** The referrers of a manifest, a thousand at most. */
    List<Digest> referrers(RepositoryName here, Digest subject) {
        return metadata.referrers().list(here, subject, REFERRERS).items().stream()
                .map(referrer -> referrer.descriptor().digest())
                .toList();
    }

    /** Deletes a tag that a mirror has set. Returns the manifest that it named. */
    Optional<Digest> pruneTag(RepositoryName here, Tag tag) {
        return metadata.mirrored().prune(here, tag);
    }

    /** Deletes a manifest that a mirror has stored and nothing references. Returns false when it stays. */
    boolean pruneManifest(RepositoryName here, Digest digest) {
        return metadata.mirrored().pruneManifest(here, digest);
    }

    /** All tags of a repository, whoever has set them; empty when there is no such repository. */
    Optional<Page<Tag>> tags(RepositoryName here, PageRequest page) {
        return metadata.tags().list(here, page);
    }

    /** The tags of a repository that a mirror has set. */
    Page<MirroredTag> mirroredTags(RepositoryName here, PageRequest page) {
        return metadata.mirrored().list(here, page);
    }

    /** The repositories below a prefix that hold anything of a mirror. */
    List<RepositoryName> repositories(RepositoryName prefix) {
        return metadata.mirrored().repositories(prefix);
    }

    /** Remembers that tags were looked up just now and have not moved. */
    void checked(RepositoryName here, Collection<Tag> unmoved) {
        metadata.mirrored().checked(here, unmoved);
    }

    /** The build time of an image, if it was found out before. */
    Optional<Instant> buildTime(RepositoryName here, Tag tag, Digest digest) {
        return metadata.buildTimes().find(here, tag, digest);
    }

    void rememberBuildTime(RepositoryName here, Tag tag, Digest digest, Instant time) {
        metadata.buildTimes().put(here, tag, digest, time);
    }

    /** Makes the caller the one who copies for a mirror. Returns empty if another server does it now. */
    Optional<Leadership> lead(String mirror) {
        return coordination.lead(Job.sync(mirror));
    }

    /** How the last sync of a mirror went. */
    Optional<MirrorSync> lastSync(String mirror) {
        return metadata.mirrorSyncs().find(mirror);
    }

    void rememberSync(String mirror, MirrorSync sync) {
        metadata.mirrorSyncs().put(mirror, sync);
    }
}
