package dev.berth.registry.upstream.limits;

import dev.berth.registry.content.StorageCapacity;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenth of the disk, which isn't filled by what those who don't log in make mirrors fetch: pushes still find room. For any thread.
 */
public final class DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final int PART = 10;
    /** Asking the system costs more than a request that is refused. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final UpstreamFailure SCARCE =
            new UpstreamFailure.DiskReserved("less than a tenth of the disk would be left free");

    private final Supplier<StorageCapacity> disk;
    private final Clock clock;
    private final AtomicBoolean scarce = new AtomicBoolean();
    private volatile Optional<Looked> last = Optional.empty();

    private record Looked(StorageCapacity space, Instant at) {}

    /** @param disk looks how much room there is */
    public DiskReserve(Supplier<StorageCapacity> disk, Clock clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** Why so many bytes aren't let in; empty when they are. */
    public Optional<UpstreamFailure> refusal(long bytes) {
        var space = space();
        var reserved = space.capacityBytes() / PART;
        note(space.freeBytes() < reserved);
        return space.freeBytes() - bytes < reserved ? Optional.of(SCARCE) : Optional.empty();
    }

    private StorageCapacity space() {
        var now = clock.instant();
        var looked =
                last.filter(known -> now.isBefore(known.at().plus(LOOK))).orElseGet(() -> new Looked(disk.get(), now));
        last = Optional.of(looked);
        return looked.space();
    }

    private void note(boolean now) {
        if (scarce.compareAndSet(!now, now)) {
            if (now) {
                LOG.warn(
                        "Less than a tenth of the disk is free; until there is more, mirrors fetch only for those who log"
                                + " in");
            } else {
                LOG.info("More than a tenth of the disk is free again; mirrors fetch for everybody as before");
            }
        }
    }
}
