package dev.berth.registry.maintenance;

import dev.berth.registry.catalog.CheckBlobs;
import dev.berth.registry.catalog.CheckManifests;
import dev.berth.registry.content.BlobAudit.StoredFile;
import dev.berth.registry.maintenance.Checked.Problem;
import dev.berth.registry.metadata.blob.StoredBlob;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Checks everything that is stored. It runs the database's own check, hashes every blob, reads every manifest and looks for what it names, and
 * looks for every file in the metadata. With `repair`, faulty blobs are removed from the metadata; their bytes are moved to `lost+found`,
 * never deleted. Pushes, pulls and collection can run meanwhile. For one thread, once.
 */
public final class Check {
    /** Does not limit the reading. */
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
     * Makes a check, which {@link #run} carries out.
     *
     * @param throttle is called with the size of each piece that was read, and may block to slow the reading down
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
        var after = Optional.<RepositoryDigest>empty();
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
        // Small blobs are rows and have no file, so there may be fewer files than blobs.
        progress.accept(new Checking("files", files, files));
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
