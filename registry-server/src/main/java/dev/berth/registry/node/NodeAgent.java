package dev.berth.registry.node;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.node.canary.HostTrials;
import dev.berth.registry.node.endpoint.PullEndpoint;
import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.reference.Count;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runtime of this node as the list of hosts says. One thread calls {@link #look} about once a second; any thread calls
 * {@link #status}.
 */
final class NodeAgent {
    /** How soon files that somebody changed or deleted on the node are written again. */
    static final Duration CHECK_EVERY = Duration.ofSeconds(10);

    /** A look takes milliseconds; an agent without one for this long is stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);

    /** A check of thousands of hosts takes seconds; the pause after it is this many times as long. */
    private static final int PAUSE_PER_CHECK = 20;

    private static final Duration CHECK_AT_LEAST_EVERY = Duration.ofMinutes(2);

    private final ContainerRuntime runtime;
    private final HostsSource source;
    private final Clock clock;
    private final PullEndpoint endpoint;
    private final HostTrials trials;
    private final FollowedHosts followed = new FollowedHosts();
    private final NodeHosts hosts;

    private volatile NodeReport status;
    private volatile Set<String> hostNames = Set.of();
    private volatile List<PreloadList> preloads = List.of();
    private volatile Instant lastLook;
    private volatile boolean looked;
    private volatile boolean stopping;
    private volatile boolean again;
    private List<HostsReading> readings = List.of();
    private Instant nextCheck = Instant.MIN;
    private String logged = "";

    /** An agent whose hosts are not tried. */
    NodeAgent(String version, ContainerRuntime runtime, HostsSource source, Clock clock) {
        this(version, runtime, source, new HostTrials(runtime, Optional.empty(), clock), clock, PullEndpoint.OFF);
    }

    /**
     * An agent that reports a host only as `trials` found it.
     *
     * @param endpoint what the runtime asks first; `runtime` gives its address to each host
     */
    NodeAgent(
            String version,
            ContainerRuntime runtime,
            HostsSource source,
            HostTrials trials,
            Clock clock,
            PullEndpoint endpoint) {
        this.runtime = runtime;
        this.endpoint = endpoint;
        this.trials = trials;
        this.hosts = new NodeHosts(runtime, trials);
        this.source = source;
        this.clock = clock;
        this.lastLook = clock.instant();
        this.status = NodeReport.starting(version, runtime.name());
    }

    NodeReport status() {
        return status;
    }

    /** The metrics of the agent, in the text format of Prometheus. */
    String metrics(NodeReport report) {
        return NodeMetrics.of(report, endpoint);
    }

    /** The hosts in the list of this node. */
    Set<String> hostNames() {
        return hostNames;
    }

    /** The images that this node is to have in advance if its labels select it. */
    List<PreloadList> preloads() {
        return preloads;
    }

    /** Whether hosts are set up here and no pull by the name of one of them has worked yet, since the runtime seems not to read the files. */
    boolean isInVain() {
        var now = status;
        return now.doubt().isPresent() && now.counts().getOrDefault(HostState.CONFIGURED, 0) > 0;
    }

    /** Whether the agent has looked at its list of hosts. It is ready without a list, too: before the first registry there is none. */
    boolean ready() {
        return looked;
    }

    boolean alive() {
        return lastLook.plus(STUCK_AFTER).isAfter(clock.instant());
    }

    /** Ends a look after the present host. Any thread may call it. A look at thousands of hosts can take minutes, and kubelet waits for seconds. */
    void stop() {
        stopping = true;
    }

    /** Makes the next look a check that tries hosts again whose test pulls failed. Any thread may call it, when the runtime has changed. */
    void lookAgain() {
        again = true;
    }

    /**
     * Reads the list of hosts and sets them up if the list has changed or the node is due for a check.
     *
     * @return whether the node was due for a check
     */
    boolean look() {
        var start = clock.instant();
        if (again) {
            again = false;
            trials.retry();
            nextCheck = start;
        }
        var due = !start.isBefore(nextCheck);
        var now = source.read(due);
        if (due || !now.equals(readings)) {
            readings = now;
            var problem = followed.take(now);
            endpoint.follow(followed.shards().stream()
                    .flatMap(shard -> shard.hosts().stream())
                    .toList());
            note();
            follow(problem, due);
            var work = Duration.between(start, clock.instant()).minus(trials.waited());
            nextCheck = clock.instant().plus(pause(work));
        }
        lastLook = clock.instant();
        looked = true;
        return due;
    }

    private void note() {
        hostNames = followed.shards().stream()
                .flatMap(shard -> shard.hosts().stream())
                .map(host -> host.name().text())
                .collect(Collectors.toUnmodifiableSet());
        preloads = followed.shards().stream()
                .flatMap(shard -> shard.preloads().stream())
                .toList();
    }

    private static Duration pause(Duration work) {
        var pause = work.multipliedBy(PAUSE_PER_CHECK);
        if (pause.compareTo(CHECK_EVERY) < 0) {
            return CHECK_EVERY;
        }
        return pause.compareTo(CHECK_AT_LEAST_EVERY) > 0 ? CHECK_AT_LEAST_EVERY : pause;
    }

    private void follow(Optional<String> problem, boolean check) {
        var now = NodeReport.starting(status.version(), runtime.name());
        var notApplicable = runtime.notApplicable();
        if (notApplicable.isPresent()) {
            report(now.following(List.of(), problem).with(Optional.empty(), notApplicable));
            return;
        }
        try {
            var doubt = runtime.doubt();
            trials.begin(doubt.isPresent());
            Runnable publish = () -> {
                var statuses = hosts.statuses();
                report(now.following(hosts.sequences(), problem)
                        .with(trials.anyWorked() ? Optional.empty() : doubt, Optional.empty())
                        .with(statuses)
                        .with(trials.report(statuses.size())));
            };
            if (hosts.apply(followed, check, progress(publish))) {
                publish.run();
            }
        } catch (UncheckedIOException e) {
            report(now.following(List.of(), Optional.of(e.toString())));
        }
    }

    private NodeHosts.Progress progress(Runnable publish) {
        return new NodeHosts.Progress() {
            @Override
            public boolean goOn() {
                lastLook = clock.instant(); // an agent that makes progress is alive, however long a look takes
                return !stopping;
            }

            @Override
            public void partDone() {
                if (followed.shards().size() > 1) {
                    publish.run();
                }
            }
        };
    }

    private void report(NodeReport now) {
        NodeReport before = status;
        status = now;
        if (now.equals(before)) {
            return;
        }
        var line = now.runtime() + ": " + states(now.counts());
        if (!line.equals(logged)) {
            LOG.info(line);
            logged = line;
        }
        now.problem().ifPresent(why -> LOG.warn("{}; what was read last still holds", why));
        now.notApplicable().ifPresent(LOG::warn);
        now.doubt().ifPresent(LOG::warn);
        now.hosts().stream().filter(host -> !before.hosts().contains(host)).forEach(NodeAgent::complain);
    }

    /** Such as `3 hosts: 2 Configured, 1 Failed`. */
    private static String states(Map<HostState, Integer> counts) {
        var all = counts.values().stream().mapToInt(Integer::intValue).sum();
        var each = counts.entrySet().stream()
                .filter(state -> state.getValue() > 0)
                .map(state -> state.getValue() + " " + state.getKey().word())
                .sorted()
                .toList();
        return Count.of(all, "host") + (each.isEmpty() ? "" : ": " + String.join(", ", each));
    }

    private static void complain(HostReport host) {
        LOG.warn("{}: {}: {}", host.name(), host.state(), host.message().orElse(""));
    }
}
