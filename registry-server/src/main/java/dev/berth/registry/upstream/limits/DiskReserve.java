package dev.berth.registry.upstream.limits;

import dev.berth.registry.content.StorageCapacity;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves a tenth of the disk for pushes: mirrors do not fill it with images for clients that do not log in. For any thread.
 */
public final class DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final int PART = 10;
    /** How often the operating system is asked for the free space: asking costs more than refusing a request. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final UpstreamFailure SCARCE =
            new UpstreamFailure.DiskReserved("less than a tenth of the disk would be left free");

    private final Supplier<StorageCapacity> disk;
    private final Clock clock;
    private final AtomicBoolean scarce = new AtomicBoolean();
    private volatile Optional<Looked> last = Optional.empty();

    private record Looked(StorageCapacity space, Instant at) {}

    /** @param disk asks for the free space */
    public DiskReserve(Supplier<StorageCapacity> disk, Clock clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** The failure when `bytes` more would take from the reserve; empty when they may be stored. */
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
