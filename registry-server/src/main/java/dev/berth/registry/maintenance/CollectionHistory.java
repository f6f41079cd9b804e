package dev.berth.registry.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What collections have deleted since the server started, for metrics. */
public record CollectionHistory(
        long runs, long failures, Collected total, Duration worked, Duration last, Optional<Instant> lastSuccess) {
    static final CollectionHistory NONE =
            new CollectionHistory(0, 0, Collected.NOTHING, Duration.ZERO, Duration.ZERO, Optional.empty());

    CollectionHistory and(Collected collected, Duration took, Instant now) {
        return new CollectionHistory(
                runs + 1, failures, total.plus(collected), worked.plus(took), took, Optional.of(now));
    }

    CollectionHistory andFailure(Duration took) {
        return new CollectionHistory(runs + 1, failures + 1, total, worked.plus(took), took, lastSuccess);
    }
}
