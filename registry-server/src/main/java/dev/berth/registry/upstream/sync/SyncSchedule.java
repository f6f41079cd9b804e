package dev.berth.registry.upstream.sync;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.registry.metadata.mirror.MirrorSync;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a mirror syncs: after each interval, on request, when the selected images have changed, and after a restart that broke off a sync.
 * Pure.
 */
record SyncSchedule(MirrorChoice choice, Duration interval, boolean paused) {
    /** What a scheduled mirror does next. */
    sealed interface Turn {
        /** Syncs everything that is wanted. */
        record All() implements Turn {}

        /** Tries failed images again that are due. */
        record Again() implements Turn {}

        /** Rests until a time; if empty, until the settings change. */
        record Rest(Optional<Instant> until) implements Turn {}
    }

    /**
     * Decides what to do next.
     *
     * @param last    the last sync; empty when there was none
     * @param pending when the next failed image may be tried
     * @param asked   whether somebody has asked for a sync now
     */
    Turn turn(Optional<MirrorSync> last, Optional<Instant> pending, boolean asked, Instant now) {
        if (paused || choice.mode() != MirrorMode.SCHEDULED) {
            return new Turn.Rest(Optional.empty());
        }
        var due = asked ? Instant.MIN : last.map(this::due).orElse(Instant.MIN);
        if (!due.isAfter(now)) {
            return new Turn.All();
        }
        if (pending.filter(time -> !time.isAfter(now)).isPresent()) {
            return new Turn.Again();
        }
        return new Turn.Rest(Optional.of(pending.filter(due::isAfter).orElse(due)));
    }

    /** The request to sync now; a new text requests a new sync. Empty for none. */
    String request() {
        return choice.syncRequest().orElse("");
    }

    /** A text that describes the images to copy; it differs when they do. */
    String selection() {
        return choice.images().images() + " referrers=" + choice.includeReferrers() + " prune=" + choice.prune();
    }

    private Instant due(MirrorSync last) {
        var isWished = !request().isEmpty() && !request().equals(last.request());
        var isOther = !selection().equals(last.selection());
        var wasBrokenOff = last.ended().isEmpty();
        return isWished || isOther || wasBrokenOff
                ? Instant.MIN
                : last.started().plus(interval);
    }
}
