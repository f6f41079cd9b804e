package dev.berth.registry.maintenance;

import dev.berth.registry.catalog.ExpireUploads;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.storage.RemoveBlobs;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Deletes what nothing needs, while pushes and pulls run: expired uploads, untagged manifests if the settings say so, blobs that no manifest
 * names and no lease keeps, and empty repositories. Candidates are read by index. Each step is a transaction of a few milliseconds, which
 * checks its candidates again. For one thread at a time.
 */
public final class Collection {
    /** Steps are this small so that no push waits for long, as `bench/collect` shows. */
    private static final int LEASES_AT_ONCE = 50;

    private static final int MANIFESTS_AT_ONCE = 20;
    private static final int FILES_AT_ONCE = 50;

    /** So many blobs share the fsync that comes before the deletion of their bytes. */
    private static final int HARDENED_AT_ONCE = 1_000;

    private final Stores stores;
    private final UntaggedSettings untagged;
    private final RemoveBlobs removeBlobs;
    private final Clock clock;
    private final Pace pace;

    /** How much earlier than by the settings a lease or an upload counts as expired. */
    private final Duration leaseCut;

    private final Duration uploadCut;

    /** Blobs whose rows are deleted, though a power cut may restore them. */
    private final List<Digest> released = new ArrayList<>();

    /** Blobs whose rows are durably deleted, so that their bytes may be deleted. */
    private final List<Digest> hardened = new ArrayList<>();

    private Collected collected = Collected.NOTHING;

    Collection(Stores stores, UntaggedSettings untagged, Clock clock, Pace pace) {
        this(stores, untagged, clock, pace, Optional.empty());
    }

    /**
     * Makes a collection that waits less than the settings say.
     *
     * @param olderThan also deletes what has waited for this long. A push that runs meanwhile may have to upload a blob again
     */
    public Collection(Stores stores, UntaggedSettings untagged, Clock clock, Pace pace, Optional<Duration> olderThan) {
        this.stores = stores;
        this.untagged = olderThan
                .filter(age -> age.compareTo(untagged.after()) < 0)
                .map(age -> new UntaggedSettings(untagged.remove(), age))
                .orElse(untagged);
        this.leaseCut = cut(stores.settings().lease(), olderThan);
        this.uploadCut = cut(stores.settings().uploads().expiry(), olderThan);
        this.removeBlobs = RemoveBlobs.of(stores);
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * Collects until nothing is left to delete, or the pace says stop.
     *
     * @param progress is called after each step with what was deleted so far
     */
    public Collected run(Consumer<Collected> progress) {
        collected = Collected.NOTHING.withUploads(ExpireUploads.of(stores).run(uploadTime()));
        removeBlobs.resume();
        try {
            for (var step : steps()) {
                if (!repeat(progress, step)) {
                    break;
                }
            }
            return collected;
        } finally {
            removeBlobs.settle();
        }
    }

    /** What {@link #run} would delete. Changes nothing. */
    public Collected forecast() {
        var loose = untagged.due(clock.instant());
        return Collected.of(stores.metadata().forecasts().collection(leaseTime(), loose))
                .withUploads(ExpireUploads.of(stores).count(uploadTime()));
    }

    private Instant leaseTime() {
        return clock.instant().plus(leaseCut);
    }

    private Instant uploadTime() {
        return clock.instant().plus(uploadCut);
    }

    private static Duration cut(Duration configured, Optional<Duration> olderThan) {
        return olderThan.map(configured::minus).filter(Duration::isPositive).orElse(Duration.ZERO);
    }

    /** The steps, each of which returns whether it found something to do. Manifests are deleted before the blobs that they name. */
    private List<BooleanSupplier> steps() {
        return untagged.remove()
                ? List.of(this::lookAtLoose, this::removeLoose, this::release)
                : List.of(this::lookAtLoose, this::release);
    }

    /** Repeats a step until it finds nothing to do. Returns false if the pace said stop before. */
    private boolean repeat(Consumer<Collected> progress, BooleanSupplier step) {
        while (true) {
            var started = System.nanoTime();
            if (!step.getAsBoolean()) {
                return true;
            }
            progress.accept(collected);
            if (!pace.rest(Duration.ofNanos(System.nanoTime() - started))) {
                return false;
            }
        }
    }

    private boolean lookAtLoose() {
        var unseen = stores.metadata().unreferencedManifests().unseen(MANIFESTS_AT_ONCE);
        stores.metadata().unreferencedManifests().look(unseen, clock.instant());
        return !unseen.isEmpty();
    }

    private boolean removeLoose() {
        var since = clock.instant().minus(untagged.after());
        var loose = stores.metadata().unreferencedManifests().since(since, MANIFESTS_AT_ONCE);
        collected = collected.withManifests(stores.metadata().manifests().removeLoose(loose, since));
        return !loose.isEmpty();
    }

    /** Looks at expired leases. When enough blobs were released, deletes their bytes, some in each step. */
    private boolean release() {
        if (!hardened.isEmpty()) {
            var some = hardened.subList(0, Math.min(FILES_AT_ONCE, hardened.size()));
            removeBlobs.remove(List.copyOf(some));
            some.clear();
            return true;
        }
        var now = leaseTime();
        var over = released.size() < HARDENED_AT_ONCE
                ? stores.metadata().leases().expired(now, LEASES_AT_ONCE)
                : List.<RepositoryDigest>of();
        if (over.isEmpty()) {
            return harden();
        }
        var step = stores.metadata().blobs().release(over, now);
        released.addAll(step.blobs());
        collected = collected.with(step);
        return true;
    }

    /** Makes the deletion of rows durable. Returns whether there was any. */
    private boolean harden() {
        if (released.isEmpty()) {
            return false;
        }
        removeBlobs.harden();
        hardened.addAll(released);
        released.clear();
        return true;
    }
}
