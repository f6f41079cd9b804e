package dev.berth.registry.upstream.sync;

import java.time.Instant;
import java.util.Optional;

/** What a scheduled mirror does now. */
sealed interface SyncTurn {

    /** Looks at everything that is wanted. */
    record All() implements SyncTurn {}

    /** Tries again what failed and may be tried. */
    record Again() implements SyncTurn {}

    /** Nothing, until then; empty: until its settings change. */
    record Rest(Optional<Instant> until) implements SyncTurn {}
}
