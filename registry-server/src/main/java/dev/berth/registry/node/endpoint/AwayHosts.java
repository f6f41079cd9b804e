package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import dev.berth.registry.remote.DoublingDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts whose Registry has not answered in time, each with its present address. For a while the endpoint does not ask them, so that a pull waits for such a Registry once
 * and not with each of its requests. The event loop alone uses it.
 */
final class AwayHosts {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Longer than most pulls take, since a Registry may answer one kind of request and not another. */
    private static final DoublingDelay AWAY = new DoublingDelay(Duration.ofSeconds(30), LONGEST);

    /** A Registry that has never answered may be about to start. */
    private static final DoublingDelay STARTING = new DoublingDelay(Duration.ofSeconds(5), LONGEST);

    /** No pull gains by not asking a Registry that has no upstream. */
    private static final DoublingDelay ALONE = new DoublingDelay(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Clock clock;
    private final Map<RegistryHost, Away> hosts = new HashMap<>();
    private final Set<RegistryHost> known = new HashSet<>();

    private record Away(int failures, Instant until) {}

    AwayHosts(Clock clock) {
        this.clock = clock;
    }

    boolean isAway(RegistryHost host) {
        return Optional.ofNullable(hosts.get(host))
                .filter(away -> clock.instant().isBefore(away.until()))
                .isPresent();
    }

    /**
     * The Registry has not answered in time.
     *
     * @return how long it is not asked; empty if that is so already
     */
    Optional<Duration> failed(RegistryHost host) {
        return isAway(host) ? Optional.empty() : Optional.of(again(host));
    }

    /**
     * The Registry has not answered the endpoint, which asked by itself to find out.
     *
     * @return how much longer it is not asked
     */
    Duration again(RegistryHost host) {
        var failures = Optional.ofNullable(hosts.get(host)).map(Away::failures).orElse(0) + 1;
        var delay = delays(host).after(failures);
        hosts.put(host, new Away(failures, clock.instant().plus(delay)));
        return delay;
    }

    /** A whole answer has arrived. One that was under way when the Registry stopped to answer changes nothing. */
    void answered(RegistryHost host) {
        known.add(host);
        if (!isAway(host)) {
            hosts.remove(host);
        }
    }

    /** Forgets the hosts that are not in the list any more. */
    void retain(Collection<RegistryHost> listed) {
        hosts.keySet().retainAll(listed);
        known.retainAll(listed);
    }

    private DoublingDelay delays(RegistryHost host) {
        if (host.fallBack() == FallBack.NONE) {
            return ALONE;
        }
        return known.contains(host) ? AWAY : STARTING;
    }

    int count() {
        return (int) hosts.keySet().stream().filter(this::isAway).count();
    }
}
