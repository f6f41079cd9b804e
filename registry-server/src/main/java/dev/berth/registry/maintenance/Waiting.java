package dev.berth.registry.maintenance;

import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.storage.Stores;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Data that no image needs and that collection does not delete yet.
 *
 * @param blobs    blobs that no manifest names, until their leases end
 * @param untagged untagged manifests, with the bytes of the blobs that only they need
 * @param uploads  unfinished uploads
 */
public record Waiting(Part blobs, Part untagged, Part uploads) {
    public static final Waiting NOTHING = new Waiting(Part.NONE, Part.NONE, Part.NONE);

    /**
     * A kind of data that waits.
     *
     * @param until when the last of it is due; empty if the settings keep it
     */
    public record Part(long count, long bytes, Optional<Instant> until) {
        static final Part NONE = new Part(0, 0, Optional.empty());
    }

    /** Whether some of it will be deleted later by itself. */
    public boolean endsLater() {
        return blobs.until().or(untagged::until).or(uploads::until).isPresent();
    }

    /** Reads what waits now, under these settings. */
    public static Waiting of(Stores stores, UntaggedSettings untagged, Instant now) {
        var forecasts = stores.metadata().forecasts();
        var unnamedNow = forecasts.collection(now, Optional.empty());
        var loose = untagged.due(now);
        var dueNow = loose.isPresent() ? forecasts.collection(now, loose) : unnamedNow;
        var unnamed = forecasts.withoutLeases(false);
        var all = forecasts.withoutLeases(true);
        var leased = part(
                unnamed.blobs() - unnamedNow.blobs(), unnamed.bytes() - unnamedNow.bytes(), forecasts.lastLease(now));
        var untaggedUntil = untagged.remove()
                ? forecasts.lastUntagged(now).map(since -> since.plus(untagged.after()))
                : Optional.<Instant>empty();
        return new Waiting(
                leased,
                part(
                        all.manifests() - dueNow.manifests(),
                        all.bytes() - dueNow.bytes() - leased.bytes(),
                        untaggedUntil),
                uploads(stores, now));
    }

    private static Part uploads(Stores stores, Instant now) {
        var expiry = stores.settings().uploads().expiry();
        var open = stores.metadata().uploads().all().stream()
                .filter(upload -> upload.updated().plus(expiry).isAfter(now))
                .toList();
        return part(
                open.size(),
                open.stream().mapToLong(upload -> upload.offsetBytes()).sum(),
                open.stream().map(upload -> upload.updated().plus(expiry)).max(Comparator.naturalOrder()));
    }

    private static Part part(long count, long bytes, Optional<Instant> until) {
        return count > 0 ? new Part(count, Math.max(0, bytes), until) : Part.NONE;
    }
}
