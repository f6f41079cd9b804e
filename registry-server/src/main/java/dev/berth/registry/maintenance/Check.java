package dev.berth.registry.maintenance;

import dev.berth.registry.catalog.CheckBlobs;
import dev.berth.registry.catalog.CheckManifests;
import dev.berth.registry.content.BlobAudit.StoredFile;
import dev.berth.registry.maintenance.Checked.Problem;
import dev.berth.registry.metadata.StoredBlob;
import dev.berth.registry.metadata.StoredManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The scrub: the database's own check, every blob hashed again, every manifest read again and what it names looked for, and every file
 * looked up in the metadata. With `repair` it drops what is provably wrong; bytes are never deleted but moved to `lost+found`. Pushes,
 * pulls and collection may go on. For one thread, once.
 */
public final class Check {
    /** Reads as fast as it goes. */
    public static final LongConsumer FREE = _ -> {};

    private static final int AT_ONCE = 500;
    private static final int MOST_LISTED = 1_000;

    private final Stores stores;
    private final CheckBlobs checkBlobs;
    private final boolean repair;
    private final LongConsumer throttle;
    private final Consumer<Checking> progress;
    private final List<Problem> problems = new ArrayList<>();
    private long found;
    private long repaired;
    private long blobs;
    private long bytes;
    private long manifests;
    private long files;

    /**
     * Not begun yet.
     *
     * @param throttle hears of each piece of so many bytes that was read, and may take its time
     */
    public Check(Stores stores, boolean repair, LongConsumer throttle, Consumer<Checking> progress) {
        this.stores = stores;
        this.checkBlobs = CheckBlobs.of(stores);
        this.repair = repair;
        this.throttle = throttle;
        this.progress = progress;
    }

    /** Reads at most so many bytes a second. */
    public static LongConsumer atMost(long bytesPerSecond) {
        return new ReadingRate(bytesPerSecond, new CountDownLatch(1));
    }

    public Checked run() {
        checkDatabase();
        checkBlobs();
        checkManifests();
        checkFiles();
        return new Checked(blobs, bytes, manifests, files, problems, found, repaired);
    }

    private void checkDatabase() {
        progress.accept(new Checking("database", 0, 1));
        stores.metadata().faults().forEach(fault -> report("database", fault, false));
        progress.accept(new Checking("database", 1, 1));
    }

    private void checkBlobs() {
        var total = stores.metadata().totals().read().blobBytes();
        var after = Optional.<Digest>empty();
        for (var some = stores.metadata().blobs().all(after, AT_ONCE);
                !some.isEmpty();
                some = stores.metadata().blobs().all(after, AT_ONCE)) {
            some.forEach(blob -> checkBlob(blob, total));
            after = Optional.of(some.getLast().digest());
        }
    }

    private void checkBlob(StoredBlob blob, long total) {
        var fault = checkBlobs.check(blob, read -> {
            bytes += read;
            throttle.accept(read);
            progress.accept(new Checking("blobs", bytes, total));
        });
        blobs++;
        fault.ifPresent(wrong -> {
            var dropped = repair && checkBlobs.drop(blob.digest());
            var sentence = switch (wrong) {
                case MISSING -> "its bytes are gone" + (dropped ? "; dropped, push it again" : "");
                case DAMAGED ->
                    "its bytes are not those that were pushed"
                            + (dropped ? "; dropped, they lie in lost+found, push it again" : "");
            };
            report("blob " + blob.digest(), sentence, dropped);
        });
    }

    private void checkManifests() {
        var total = stores.metadata().totals().read().manifests();
        var check = new CheckManifests(stores.metadata().storedManifests());
        var after = Optional.<StoredManifest>empty();
        for (var some = check.some(after, AT_ONCE); !some.isEmpty(); some = check.some(after, AT_ONCE)) {
            for (var key : some) {
                check.faults(key)
                        .forEach(fault -> report("manifest " + key.repository() + "@" + key.digest(), fault, false));
                manifests++;
                progress.accept(new Checking("manifests", manifests, total));
            }
            after = Optional.of(some.getLast());
        }
    }

    private void checkFiles() {
        var total = stores.metadata().totals().read().blobs();
        checkBlobs.strays(
                walked -> {
                    files += walked;
                    progress.accept(new Checking("files", files, total));
                },
                this::checkStray);
    }

    private void checkStray(StoredFile file) {
        var moved = repair && checkBlobs.setAside(file);
        report(
                "file blobs/" + file.name(),
                "no blob of any repository" + (moved ? "; it lies in lost+found" : ""),
                moved);
    }

    private void report(String what, String sentence, boolean mended) {
        found++;
        repaired += mended ? 1 : 0;
        if (problems.size() < MOST_LISTED) {
            problems.add(new Problem(what, sentence, mended));
        }
    }
}
