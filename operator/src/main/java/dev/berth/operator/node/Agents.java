package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the node agents for their status. While a change is rolled out, agents that do not follow it yet are asked
 * every second; the others are asked now and then, and agents that do not answer less and less often. Kubelet is
 * asked to refresh the mounted list of hosts where an agent is behind.
 */
final class Agents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);
    private static final Duration FIRST_ROUND = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final Duration HURRY_FOR = Duration.ofMinutes(1);

    /** Asking an agent takes about a millisecond of a processor, so this leaves most of a processor to other work. */
    private static final Duration PER_AGENT = Duration.ofMillis(4);

    private static final int SILENT_AT_ONCE = 64;

    private final MountRefresh mount;
    private final AgentClient port;
    private final Supplier<AgentsSeen> seen;
    private final Supplier<HostList> hosts;
    private final Clock clock;
    private final Fence fence;
    private final Semaphore news = new Semaphore(0);
    private final Map<String, AskedAgent> asked = new HashMap<>();

    private Optional<String> daemonSet = Optional.empty();
    private volatile List<AgentReport> reports = List.of();
    private volatile Instant hurryUntil = Instant.MIN;
    private Thread thread = new Thread();

    /**
     * What is known of the agents without asking them.
     *
     * @param daemonSet the UID of their DaemonSet, if there is one; agents of another one are others, whose nodes were cleaned since
     */
    record AgentsSeen(Optional<String> daemonSet, Collection<AgentPod> pods) {}

    Agents(
            MountRefresh mount,
            AgentClient port,
            Supplier<AgentsSeen> seen,
            Supplier<HostList> hosts,
            Clock clock,
            Fence fence) {
        this.mount = mount;
        this.port = port;
        this.seen = seen;
        this.hosts = hosts;
        this.clock = clock;
        this.fence = fence;
    }

    /**
     * Starts the questions and returns after the first round, or after {@link #FIRST_ROUND}. Otherwise an operator
     * that has just started would report no nodes to the Registries of a settled cluster.
     *
     * @param round called after each round of questions
     */
    void start(Runnable round) {
        var once = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("node-agents").daemon().start(() -> ask(round, once));
        try {
            if (!once.await(FIRST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("some node agents have not answered yet; the operator starts without their reports");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks agents that are behind every second for a while, since the list of hosts or the agents have changed. */
    void hurry() {
        hurryUntil = clock.instant().plus(HURRY_FOR);
        news.release();
    }

    /** The reports of all nodes, sorted by name. */
    List<AgentReport> reports() {
        return reports;
    }

    @Override
    public void close() {
        thread.interrupt();
        port.close();
    }

    private void ask(Runnable round, CountDownLatch once) {
        try {
            while (true) {
                int count = lookInAnyCase();
                fence.run("node-agents", "the agents' reports", round);
                once.countDown();
                pause(count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Waits until an agent is to be asked again, or until {@link #hurry}. The pause grows with the number of agents that were asked. */
    private void pause(int count) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PER_AGENT.multipliedBy(count).toMillis());
        var list = hosts.get();
        var now = clock.instant();
        var next = asked.values().stream()
                .map(agent -> agent.next(hurried(agent, list)))
                .min(Comparator.naturalOrder())
                .orElse(now.plus(AskedAgent.WHEN_SETTLED));
        var until = Duration.between(now, next);
        Duration pause = until.compareTo(BETWEEN_ROUNDS) < 0 ? BETWEEN_ROUNDS : until;
        if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    private int lookInAnyCase() throws InterruptedException {
        try {
            return look();
        } catch (RuntimeException e) { // a bug must not end the questions
            fence.run("node-agents", "a round of questions", () -> {
                throw e;
            });
            return 0;
        }
    }

    /** @return how many were asked */
    private int look() throws InterruptedException {
        var now = seen.get();
        if (!now.daemonSet().equals(daemonSet)) {
            asked.clear();
            daemonSet = now.daemonSet();
        }
        var pods = now.pods().stream()
                .collect(Collectors.toMap(AgentPod::node, Function.identity(), (one, other) -> other));
        var list = hosts.get();
        var start = clock.instant();
        var due = due(pods.values(), list, start);
        for (var report : port.read(due)) {
            Optional.ofNullable(pods.get(report.node())).ifPresent(pod -> {
                Optional<AskedAgent> before = Optional.ofNullable(asked.get(report.node()));
                asked.put(report.node(), AskedAgent.now(before, report, pod, start));
            });
        }
        asked.values().removeIf(agent -> !pods.containsKey(agent.report().node()) && agent.forgotten(start));
        reports = asked.values().stream().map(AskedAgent::report).sorted().toList();
        refreshMounts(due, pods.size(), list);
        return due.size();
    }

    /** The agents to ask now. Of those that did not answer before there are only a few, since each may delay the others for seconds. */
    private List<AgentPod> due(Collection<AgentPod> pods, HostList list, Instant now) {
        var due = pods.stream()
                .filter(pod -> due(pod, list, now))
                .collect(Collectors.partitioningBy(
                        pod -> asked(pod).filter(AskedAgent::silent).isPresent()));
        var chosen = new ArrayList<AgentPod>(due.getOrDefault(false, List.of()));
        due.getOrDefault(true, List.of()).stream()
                .sorted(Comparator.comparing(
                        pod -> asked(pod).map(AskedAgent::at).orElse(now)))
                .limit(SILENT_AT_ONCE)
                .forEach(chosen::add);
        return chosen;
    }

    private boolean due(AgentPod pod, HostList list, Instant now) {
        return asked(pod)
                .filter(agent -> agent.address().equals(pod.address()))
                .filter(agent -> now.isBefore(agent.next(hurried(agent, list))))
                .isEmpty();
    }

    private Optional<AskedAgent> asked(AgentPod pod) {
        return Optional.ofNullable(asked.get(pod.node()));
    }

    private boolean hurried(AskedAgent agent, HostList list) {
        return hurrying() && behind(agent, list);
    }

    private static boolean behind(AskedAgent agent, HostList list) {
        return list.sequence() > 0
                && agent.report()
                        .status()
                        .filter(status -> status.notApplicable().isEmpty() && !list.followed(status))
                        .isPresent();
    }

    private void refreshMounts(List<AgentPod> pods, int nodes, HostList list) {
        var behind = pods.stream()
                .filter(pod -> asked(pod)
                        .filter(agent -> !agent.silent() && behind(agent, list))
                        .isPresent())
                .toList();
        mount.refresh(behind, nodes, list.sequence(), hurrying());
    }

    private boolean hurrying() {
        return clock.instant().isBefore(hurryUntil);
    }
}
