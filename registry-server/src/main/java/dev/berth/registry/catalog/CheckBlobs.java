package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobAudit;
import dev.berth.registry.content.BlobAudit.StoredFile;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.metadata.blob.StoredBlob;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Compares the stored bytes with the metadata, while pushes and collection run. A digest that looks wrong is checked again while nobody can
 * publish or delete it. For any thread.
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

    /** What is wrong with a blob. */
    public enum Fault {
        MISSING,
        DAMAGED
    }

    /** Reads all bytes of a blob. Returns empty if they are right, or the blob was deleted meanwhile. */
    public Optional<Fault> check(StoredBlob blob, LongConsumer read) {
        var fault = fault(blob.digest(), read);
        return fault.isPresent() && isReally(blob.digest()) ? fault : Optional.empty();
    }

    /** Removes a faulty blob from all repositories, and moves damaged bytes aside. It can be pushed again. Returns false if it is not faulty now. */
    public boolean drop(Digest digest) {
        var dropped = new AtomicBoolean();
        coordination.during(
                digest,
                () -> fault(digest, bytes -> {}).ifPresent(fault -> {
                    var isFile = blobs().bytes(digest).isEmpty();
                    blobs().drop(digest);
                    if (fault == Fault.DAMAGED && isFile) {
                        audit.setAside(digest);
                    }
                    dropped.set(true);
                }));
        return dropped.get();
    }

    /** Lists the files of the store that belong to no blob. Nothing else lists all files. */
    public void strays(LongConsumer walked, Consumer<StoredFile> stray) {
        audit.walk(file -> {
            walked.accept(1);
            if (file.digest().map(this::isStray).orElse(true)) {
                stray.accept(file);
            }
        });
    }

    /** Moves a stray file to `lost+found`, unless it belongs to a blob now. */
    public boolean setAside(StoredFile file) {
        if (file.digest().isEmpty()) {
            audit.setAside(file); // the store itself writes no file with such a name
            return true;
        }
        var moved = new AtomicBoolean();
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
        var stray = new AtomicBoolean();
        if (isUnknown(digest)) {
            coordination.during(digest, () -> stray.set(isUnknown(digest)));
        }
        return stray.get();
    }

    private boolean isUnknown(Digest digest) {
        return !blobs().isKnown(digest) && !metadata.pendingDeletions().has(digest);
    }

    private boolean isReally(Digest digest) {
        var really = new AtomicBoolean();
        coordination.during(
                digest,
                () -> really.set(
                        blobs().isKnown(digest) && fault(digest, bytes -> {}).isPresent()));
        return really.get();
    }

    private Optional<Fault> fault(Digest digest, LongConsumer read) {
        var actual =
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
