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
        Instant started, Optional<Instant> ended, Optional<Instant> succeeded, String request, String selection) {}
