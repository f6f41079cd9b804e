package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobAudit;
import dev.berth.registry.content.BlobAudit.StoredFile;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.metadata.Blobs;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.StoredBlob;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Compares the bytes of blobs with what the metadata says of them, and the other way round, while pushes and collection go on: what looks
 * wrong is looked at once more while nobody publishes or deletes that digest. For any thread.
 */
public final class CheckBlobs {

    private final BlobAudit audit;
    private final Metadata metadata;
    private final Coordination coordination;

    CheckBlobs(BlobAudit audit, Metadata metadata, Coordination coordination) {
        this.audit = audit;
        this.metadata = metadata;
        this.coordination = coordination;
    }

    public static CheckBlobs of(Stores stores) {
        return new CheckBlobs(stores.audit(), stores.metadata(), stores.coordination());
    }

    /** What may be wrong with a blob. */
    public enum Fault {
        MISSING,
        DAMAGED
    }

    /** Reads a blob through. Empty when it is right, or has gone meanwhile. */
    public Optional<Fault> check(StoredBlob blob, LongConsumer read) {
        Optional<Fault> fault = fault(blob.digest(), read);
        return fault.isPresent() && isReally(blob.digest()) ? fault : Optional.empty();
    }

    /** Takes a faulty blob away from everybody, and its bytes aside. Pushed again, it is whole. Says false when it is right by now. */
    public boolean drop(Digest digest) {
        AtomicBoolean dropped = new AtomicBoolean();
        coordination.during(
                digest,
                () -> fault(digest, bytes -> {}).ifPresent(fault -> {
                    boolean isFile = blobs().bytes(digest).isEmpty();
                    blobs().drop(digest);
                    if (fault == Fault.DAMAGED && isFile) {
                        audit.setAside(digest);
                    }
                    dropped.set(true);
                }));
        return dropped.get();
    }

    /** Walks the store for files that no row knows; the one place that does. */
    public void strays(LongConsumer walked, Consumer<StoredFile> stray) {
        audit.walk(file -> {
            walked.accept(1);
            if (file.digest().map(this::isStray).orElse(true)) {
                stray.accept(file);
            }
        });
    }

    /** Moves a stray aside, unless it has become a blob by now. */
    public boolean setAside(StoredFile file) {
        if (file.digest().isEmpty()) {
            audit.setAside(file); // nothing that this store writes is named like that
            return true;
        }
        AtomicBoolean moved = new AtomicBoolean();
        file.digest()
                .ifPresent(digest -> coordination.during(digest, () -> {
                    if (isUnknown(digest)) {
                        audit.setAside(file);
                        moved.set(true);
                    }
                }));
        return moved.get();
    }

    private boolean isStray(Digest digest) {
        AtomicBoolean stray = new AtomicBoolean();
        if (isUnknown(digest)) {
            coordination.during(digest, () -> stray.set(isUnknown(digest)));
        }
        return stray.get();
    }

    private boolean isUnknown(Digest digest) {
        return !blobs().isKnown(digest) && !metadata.pendingDeletions().has(digest);
    }

    private boolean isReally(Digest digest) {
        AtomicBoolean really = new AtomicBoolean();
        coordination.during(
                digest,
                () -> really.set(
                        blobs().isKnown(digest) && fault(digest, bytes -> {}).isPresent()));
        return really.get();
    }

    private Optional<Fault> fault(Digest digest, LongConsumer read) {
        Optional<Digest> actual =
                blobs().bytes(digest).map(bytes -> rehash(digest, bytes, read)).or(() -> audit.rehash(digest, read));
        if (actual.isEmpty()) {
            return Optional.of(Fault.MISSING);
        }
        return actual.get().equals(digest) ? Optional.empty() : Optional.of(Fault.DAMAGED);
    }

    private static Digest rehash(Digest digest, byte[] bytes, LongConsumer read) {
        read.accept(bytes.length);
        return digest.algorithm().digestOf(bytes);
    }

    private Blobs blobs() {
        return metadata.blobs();
    }
}
