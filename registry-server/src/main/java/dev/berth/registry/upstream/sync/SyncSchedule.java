package dev.berth.registry.upstream.sync;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.registry.metadata.MirrorSync;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a mirror copies: each interval, when it is told to, when what is to be copied has changed, and again after a restart in the
 * middle. Pure.
 */
record SyncSchedule(MirrorChoice choice, Duration interval, boolean paused) {

    /**
     * What to do now.
     *
     * @param last    the sync before; empty when there was none
     * @param pending when what is left of it may be tried
     */
    SyncTurn turn(Optional<MirrorSync> last, Optional<Instant> pending, Instant now) {
        if (paused || choice.mode() != MirrorMode.SCHEDULED) {
            return new SyncTurn.Rest(Optional.empty());
        }
        var due = last.map(this::due).orElse(Instant.MIN);
        if (!due.isAfter(now)) {
            return new SyncTurn.All();
        }
        if (pending.filter(time -> !time.isAfter(now)).isPresent()) {
            return new SyncTurn.Again();
        }
        return new SyncTurn.Rest(Optional.of(pending.filter(due::isAfter).orElse(due)));
    }

    /** The wish to sync now, whenever it is another than before; empty for none. */
    String request() {
        return choice.syncRequest().orElse("");
    }

    /** What is to be copied, as a text that is another when that is. */
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
