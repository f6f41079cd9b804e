package dev.berth.registry.node;

import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.node.endpoint.LoopbackEndpoint;
import dev.berth.registry.node.endpoint.PullEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node agent as a process. It looks at its list each second until it is stopped, and then removes its files if Berth is being uninstalled. */
public final class NodeService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeService.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final NodeAgent agent;
    private final NodeHosts hosts;
    private final ManagementPort management;
    private final PullEndpoint endpoint;
    private final Optional<Installation> installation;
    private final CountDownLatch stop = new CountDownLatch(1);

    private NodeService(
            NodeAgent agent,
            NodeHosts hosts,
            ManagementPort management,
            PullEndpoint endpoint,
            Optional<Installation> installation) {
        this.agent = agent;
        this.hosts = hosts;
        this.endpoint = endpoint;
        this.management = management;
        this.installation = installation;
    }

    public static NodeService open(NodeSettings settings, String version, Clock clock) throws IOException {
        var runtime = NodeRuntime.open(settings.runtimes());
        PullEndpoint endpoint = settings.endpoint().isPresent()
                ? LoopbackEndpoint.open(settings.endpoint().get(), clock)
                : PullEndpoint.OFF;
        var agent = new NodeAgent(version, runtime, new HostsSource(settings.hosts()), clock, endpoint);
        return new NodeService(
                agent,
                new NodeHosts(runtime),
                ManagementPort.open(settings.management(), agent),
                endpoint,
                settings.installation()
                        .map(d -> new Installation(
                                new ApiServer(d.apiServer(), d.account()), d.name(), BETWEEN_ATTEMPTS)));
    }

    /**
     * Removes every file of Berth from the node.
     *
     * @return what could not be removed, and why
     */
    public static List<String> clean(NodeSettings settings) {
        var runtime = NodeRuntime.open(settings.runtimes());
        return messages(new NodeHosts(runtime).removeAll());
    }

    /** Runs in the thread of the caller until {@link #stop}. */
    public void run() throws InterruptedException {
        installation.ifPresent(Installation::watch);
        do {
            agent.look();
        } while (!stop.await(1, TimeUnit.SECONDS));
        leave();
    }

    /** Asks {@link #run} to end. Any thread may call it. It does not interrupt the thread, which could break a write. */
    public void stop() {
        agent.stop();
        stop.countDown();
    }

    @Override
    public void close() {
        installation.ifPresent(Installation::close);
        management.close();
        endpoint.close();
    }

    private void leave() throws InterruptedException {
        StopReason reason = installation.isPresent() ? installation.get().stopReason() : new StopReason.Restarted();
        switch (reason) {
            case StopReason.Restarted restarted -> LOG.info("stopped; this node's files stay");
            case StopReason.Unclear unclear -> LOG.warn("stopped; this node's files stay, as {}", unclear.why());
            case StopReason.Uninstalled uninstalled -> {
                LOG.info("{}: taking this node's files away", uninstalled.why());
                messages(hosts.removeAll()).forEach(LOG::error);
            }
        }
    }

    private static List<String> messages(List<HostReport> left) {
        return left.stream()
                .map(host -> host.name() + ": " + host.message().orElse(""))
                .toList();
    }
}
