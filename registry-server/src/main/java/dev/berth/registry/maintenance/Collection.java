package dev.berth.registry.maintenance;

import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Takes away what nothing needs, while pushes and pulls go on: uploads that stand still, untagged manifests by policy, blobs that no
 * manifest names and no lease guards, repositories that hold nothing. What to look at is read from the metadata by index; each step
 * is a transaction of a few milliseconds, which decides anew. For one thread at a time.
 */
public final class Collection {
    /** Steps this small make no push wait for long; `bench/collect` shows it. */
    private static final int LEASES_AT_ONCE = 50;

    private static final int MANIFESTS_AT_ONCE = 20;

    private final Catalog catalog;
    private final UntaggedSettings untagged;
    private final Clock clock;
    private final Pace pace;
    private Collected collected = Collected.NOTHING;

    public Collection(Catalog catalog, UntaggedSettings untagged, Clock clock, Pace pace) {
        this.catalog = catalog;
        this.untagged = untagged;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * Runs once, to its end or until the pace says so.
     *
     * @param progress hears after each step what has gone so far
     */
    public Collected run(Consumer<Collected> progress) {
        collected = Collected.NOTHING.withUploads(catalog.expireUploads().run(clock.instant()));
        try {
            for (var step : steps()) {
                if (!repeat(progress, step)) {
                    break;
                }
            }
            return collected;
        } finally {
            catalog.removeBlobs().settle();
        }
    }

    /** What {@link #run} would take away, which stays. */
    public Collected forecast() {
        var now = clock.instant();
        var loose = untagged.remove() ? Optional.of(now.minus(untagged.after())) : Optional.<Instant>empty();
        return Collected.of(catalog.forecast(now, loose))
                .withUploads(catalog.expireUploads().count(now));
    }

    /** A step says whether it found something to do. Manifests go before the blobs that they name. */
    private List<BooleanSupplier> steps() {
        return untagged.remove()
                ? List.of(this::lookAtLoose, this::removeLoose, this::release)
                : List.of(this::lookAtLoose, this::release);
    }

    /** Repeats a step until it finds nothing more to do; says false when it was told to end before. */
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
        var unseen = catalog.looseManifests().unseen(MANIFESTS_AT_ONCE);
        catalog.looseManifests().look(unseen, clock.instant());
        return !unseen.isEmpty();
    }

    private boolean removeLoose() {
        var since = clock.instant().minus(untagged.after());
        var loose = catalog.looseManifests().since(since, MANIFESTS_AT_ONCE);
        collected = collected.withManifests(catalog.manifests().removeLoose(loose, since));
        return !loose.isEmpty();
    }

    private boolean release() {
        var now = clock.instant();
        var over = catalog.leases().over(now, LEASES_AT_ONCE);
        if (over.isEmpty()) {
            return false;
        }
        var released = catalog.blobs().release(over, now);
        catalog.removeBlobs().remove(released.blobs());
        collected = collected.with(released);
        return true;
    }
}
