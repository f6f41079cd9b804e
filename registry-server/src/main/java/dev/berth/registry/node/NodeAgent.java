package dev.berth.registry.node;

import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Nothing;
import dev.berth.registry.node.NodeStatus.HostStatus;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's runtime at what the hosts file says. {@link #look} is called about once a second by one thread; {@link #status} by any.
 */
final class NodeAgent {
    /** How soon files that somebody changed or deleted on the node are put right. */
    static final Duration CHECK_EVERY = Duration.ofSeconds(10);

    /** A look takes milliseconds; an agent that hasn't looked for this long is stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(NodeAgent.class);

    private final ContainerRuntime runtime;
    private final HostsFile file;
    private final Clock clock;

    private volatile NodeStatus status;
    private volatile Instant lastLook;
    private volatile boolean looked;
    private HostsReading reading = new Nothing("nothing was read yet");
    private Optional<Hosts> followed = Optional.empty();
    private Instant nextCheck = Instant.MIN;

    NodeAgent(String version, ContainerRuntime runtime, HostsFile file, Clock clock) {
        this.runtime = runtime;
        this.file = file;
        this.clock = clock;
        this.lastLook = clock.instant();
        this.status = new NodeStatus(version, runtime.name(), "", Optional.empty(), Optional.empty(), List.of());
    }

    NodeStatus status() {
        return status;
    }

    /** Whether the agent does its work. A hosts file that isn't there yet is no reason to wait: before the first registry there is none. */
    boolean ready() {
        return looked;
    }

    boolean alive() {
        return lastLook.plus(STUCK_AFTER).isAfter(clock.instant());
    }

    /** Reads the hosts file and follows it, where it changed or the node is due for a check. */
    void look() {
        HostsReading now = file.read();
        if (!now.equals(reading) || !clock.instant().isBefore(nextCheck)) {
            nextCheck = clock.instant().plus(CHECK_EVERY);
            reading = now;
            if (now instanceof Hosts hosts) {
                followed = Optional.of(hosts);
            }
            follow(now instanceof Nothing nothing ? Optional.of(nothing.why()) : Optional.empty());
        }
        lastLook = clock.instant();
        looked = true;
    }

    private void follow(Optional<String> problem) {
        String revision = followed.map(Hosts::revision).orElse("");
        try {
            List<HostStatus> hosts = followed.map(new NodeHosts(runtime)::apply).orElse(List.of());
            report(new NodeStatus(status.version(), runtime.name(), revision, problem, runtime.doubt(), hosts));
        } catch (UncheckedIOException e) {
            report(new NodeStatus(
                    status.version(), runtime.name(), "", Optional.of(e.toString()), Optional.empty(), List.of()));
        }
    }

    private void report(NodeStatus now) {
        NodeStatus before = status;
        status = now;
        if (now.equals(before)) {
            return;
        }
        log.info("{}: {} hosts from revision {}", now.runtime(), now.hosts().size(), now.revision());
        now.problem().ifPresent(why -> log.warn("{}; what was read last still holds", why));
        now.doubt().ifPresent(log::warn);
        now.hosts().stream()
                .filter(host -> host.message().isPresent() && !before.hosts().contains(host))
                .forEach(NodeAgent::complain);
    }

    private static void complain(HostStatus host) {
        log.warn("{}: {}: {}", host.name(), host.state(), host.message().orElse(""));
    }
}
