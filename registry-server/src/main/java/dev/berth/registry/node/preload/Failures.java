package dev.berth.registry.node.preload;

import dev.berth.registry.remote.DoublingDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Images that could not be pulled, why, and when they are tried again: later after each failure. Any thread may ask. */
final class Failures {
    private static final DoublingDelay DELAY = new DoublingDelay(Duration.ofMinutes(1), Duration.ofMinutes(30));

    private final Map<String, Failure> byImage = new ConcurrentHashMap<>();
    private final Clock clock;

    private record Failure(String why, int times, Instant next) {}

    Failures(Clock clock) {
        this.clock = clock;
    }

    /** Why an image is not tried now; empty if it is. */
    Optional<String> holdsBack(String image) {
        return Optional.ofNullable(byImage.get(image))
                .filter(failure -> clock.instant().isBefore(failure.next()))
                .map(Failure::why);
    }

    void add(String image, String why) {
        byImage.compute(image, (_, before) -> {
            int times = before == null ? 1 : before.times() + 1;
            return new Failure(why, times, clock.instant().plus(DELAY.after(times)));
        });
    }

    void remove(String image) {
        byImage.remove(image);
    }

    /** Forgets images that this node is no longer to have. */
    void keep(Set<String> images) {
        byImage.keySet().retainAll(images);
    }
}
