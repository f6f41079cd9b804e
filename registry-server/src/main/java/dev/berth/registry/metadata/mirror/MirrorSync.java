package dev.berth.registry.metadata.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * The last sync of a scheduled mirror.
 *
 * @param started   when it began
 * @param ended     when it ended; empty while it runs, and if the server stopped during it
 * @param succeeded when a sync last ended without failures
 * @param request   the last request to sync at once that was carried out
 * @param selection what was to be copied, as a text that changes with the settings
 */
public record MirrorSync(
        Instant started, Optional<Instant> ended, Optional<Instant> succeeded, String request, String selection) {
    /** A sync that begins. */
    public static MirrorSync begun(Optional<MirrorSync> before, Instant now, String request, String selection) {
        return new MirrorSync(now, Optional.empty(), before.flatMap(MirrorSync::succeeded), request, selection);
    }

    public MirrorSync endedAt(Instant now) {
        return new MirrorSync(started, Optional.of(now), succeeded, request, selection);
    }

    public MirrorSync succeededAt(Instant now) {
        return new MirrorSync(started, Optional.of(now), Optional.of(now), request, selection);
    }

    /** Whether it ended without failures. */
    public boolean isComplete() {
        return ended.isPresent()
                && succeeded.filter(time -> !time.isBefore(started)).isPresent();
    }

    /** This sync as if the server had stopped during it. */
    public MirrorSync brokenOff() {
        return new MirrorSync(started, Optional.empty(), succeeded, request, selection);
    }
}
