package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the agents how they are: each second while a change is on its way to them, now and then when all is settled. Has the mounted list of
 * hosts refreshed where an agent is behind.
 */
final class Agents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agents.class);
    private static final Duration WHILE_BEHIND = Duration.ofSeconds(1);
    private static final Duration WHEN_SETTLED = Duration.ofSeconds(15);
    private static final Duration FIRST_ROUND = Duration.ofSeconds(5);
    private static final Duration HURRY_FOR = Duration.ofMinutes(1);

    private final MountRefresh mount;
    private final AgentClient port;
    private final Supplier<List<Pod>> pods;
    private final Supplier<Optional<NodeHosts>> hosts;
    private final Clock clock;
    private final Semaphore news = new Semaphore(0);

    private volatile List<AgentReport> reports = List.of();
    private volatile Instant hurryUntil = Instant.MIN;
    private Thread thread = new Thread();

    Agents(
            MountRefresh mount,
            AgentClient port,
            Supplier<List<Pod>> pods,
            Supplier<Optional<NodeHosts>> hosts,
            Clock clock) {
        this.mount = mount;
        this.port = port;
        this.pods = pods;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * Starts to ask; returns when all have been asked once, or have had their time: an operator that has just started would otherwise tell
     * registries of a settled cluster that it knows of no node.
     *
     * @param asked called after each round of questions
     */
    void start(Runnable asked) {
        CountDownLatch once = new CountDownLatch(1);
        thread = Thread.ofPlatform()
                .name("node-agents")
                .daemon()
                .start(() -> ask(() -> {
                    asked.run();
                    once.countDown();
                }));
        try {
            if (!once.await(FIRST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("node agents: some are slow to answer; going on without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something changed: the agents are asked at once, and each second until they follow. */
    void hurry() {
        hurryUntil = clock.instant().plus(HURRY_FOR);
        news.release();
    }

    List<AgentReport> reports() {
        return reports;
    }

    @Override
    public void close() {
        thread.interrupt();
        port.close();
    }

    private void ask(Runnable asked) {
        try {
            while (true) {
                boolean behind = round(asked);
                Duration pause = behind && hurrying() ? WHILE_BEHIND : WHEN_SETTLED;
                if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean round(Runnable asked) throws InterruptedException {
        try {
            boolean behind = look();
            asked.run();
            return behind;
        } catch (RuntimeException e) { // a bug, but registries shouldn't hear of nodes no more because of it
            log.error("asking the node agents failed", e);
            return true;
        }
    }

    private boolean hurrying() {
        return clock.instant().isBefore(hurryUntil);
    }

    /** @return whether any agent is behind */
    private boolean look() throws InterruptedException {
        List<Pod> asked = pods.get();
        Optional<String> revision = hosts.get().map(NodeHosts::revision);
        reports = port.read(asked);
        return revision.isPresent() && anyBehind(asked, revision.get());
    }

    private boolean anyBehind(List<Pod> asked, String revision) {
        Map<String, Pod> byNode = asked.stream()
                .collect(Collectors.toMap(pod -> pod.getSpec().getNodeName(), pod -> pod, (one, other) -> other));
        List<AgentReport> behind =
                reports.stream().filter(report -> !report.follows(revision)).toList();
        behind.stream()
                .filter(report -> report.status().isPresent())
                .flatMap(report -> Optional.ofNullable(byNode.get(report.node())).stream())
                .forEach(pod -> mount.refresh(pod, revision, hurrying()));
        return !behind.isEmpty();
    }
}
