package dev.berth.registry.metadata;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a scheduled mirror is.
 *
 * @param started   when its last sync began
 * @param ended     when that one ended; empty while it runs, and when the server stopped meanwhile
 * @param succeeded when one last ended well
 * @param request   the last wish to sync now that was acted on
 * @param selection what was to be copied, as a text to be compared
 */
public record MirrorSync(
        Instant started, Optional<Instant> ended, Optional<Instant> succeeded, String request, String selection) {

    /** One that begins. */
    public static MirrorSync begun(Optional<MirrorSync> before, Instant now, String request, String selection) {
        return new MirrorSync(now, Optional.empty(), before.flatMap(MirrorSync::succeeded), request, selection);
    }

    public MirrorSync endedAt(Instant now) {
        return new MirrorSync(started, Optional.of(now), succeeded, request, selection);
    }

    public MirrorSync succeededAt(Instant now) {
        return new MirrorSync(started, Optional.of(now), Optional.of(now), request, selection);
    }

    /** Whether it ended, and nothing was left undone. */
    public boolean isComplete() {
        return ended.isPresent()
                && succeeded.filter(time -> !time.isBefore(started)).isPresent();
    }

    /** The same as if it had been broken off. */
    public MirrorSync brokenOff() {
        return new MirrorSync(started, Optional.empty(), succeeded, request, selection);
    }
}
