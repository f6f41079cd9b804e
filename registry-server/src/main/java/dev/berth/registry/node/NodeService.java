package dev.berth.registry.node;

import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.node.canary.CriTestPulls;
import dev.berth.registry.node.canary.HostTrials;
import dev.berth.registry.node.canary.TestPulls;
import dev.berth.registry.node.credentials.CredentialProvider;
import dev.berth.registry.node.endpoint.LoopbackEndpoint;
import dev.berth.registry.node.endpoint.NodeProof;
import dev.berth.registry.node.endpoint.PullEndpoint;
import dev.berth.registry.node.engines.EnginePreloader;
import dev.berth.registry.node.engines.EngineTestPulls;
import dev.berth.registry.node.images.NodeImages;
import dev.berth.registry.node.preload.NodeIdentity;
import dev.berth.registry.node.preload.Preloader;
import dev.berth.registry.node.preload.Preloading;
import dev.berth.registry.node.restart.RestartTurn;
import dev.berth.registry.node.restart.RuntimeChanges;
import dev.berth.registry.node.restart.RuntimeStart;
import dev.berth.registry.node.restart.Systemd;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final Duration LAST_STEP = Duration.ofSeconds(5);

    /** In a pod, a volume on the disk of the node's pods. */
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final NodeAgent agent;
    private final NodeRuntime runtime;
    private final RuntimeChanges changes;
    private final Optional<Thread> changing;
    private final CriSockets sockets;
    private final Thread preloads;
    private final RunningRuntime running;
    private final Thread versions;
    private final ManagementPort management;
    private final PullEndpoint endpoint;
    private final Optional<CredentialProvider> credentials;
    private final Optional<Installation> installation;
    private final CountDownLatch stop = new CountDownLatch(1);

    private NodeService(
            NodeAgent agent,
            NodeSettings settings,
            NodeRuntime runtime,
            RuntimeChanges changes,
            CriSockets sockets,
            Preloading preloader,
            RunningRuntime running,
            ManagementPort management,
            PullEndpoint endpoint,
            Optional<CredentialProvider> credentials,
            Optional<Installation> installation) {
        this.agent = agent;
        this.runtime = runtime;
        this.changes = changes;
        this.changing = settings.manageRuntimeConfig()
                ? Optional.of(Thread.ofVirtual()
                        .name("runtime-changes")
                        .unstarted(() -> changes.run(agent::isInVain, agent::lookAgain)))
                : Optional.empty();
        this.sockets = sockets;
        this.endpoint = endpoint;
        this.preloads = Thread.ofVirtual().name("preloads").unstarted(preloader);
        this.running = running;
        this.versions = Thread.ofVirtual().name("runtime-version").unstarted(running);
        this.management = management;
        this.credentials = credentials;
        this.installation = installation;
    }

    public static NodeService open(NodeSettings settings, String version, Clock clock) throws IOException {
        var runtime = NodeRuntime.open(settings.runtimes());
        var sockets = new CriSockets(settings.node().criSockets());
        var running = new RunningRuntime(sockets, runtime::name);
        var changes = changes(settings, sockets, clock);
        var identity = identity(settings, clock);
        PullEndpoint endpoint = settings.endpoint().isPresent()
                ? LoopbackEndpoint.open(
                        settings.endpoint().get(),
                        settings.node().name(),
                        identity.<NodeProof>map(api -> api::proof).orElse(NodeProof.NONE),
                        clock)
                : PullEndpoint.OFF;
        var managed = settings.manageRuntimeConfig() ? new ManagedRuntime(runtime, changes, running::version) : runtime;
        var through = new ThroughEndpoint(managed, endpoint);
        TestPulls testPulls = settings.docker().isPresent()
                ? new EngineTestPulls(settings.docker().get().engine())
                : new CriTestPulls(sockets, runtime::name);
        var trials = new HostTrials(through, Optional.of(testPulls), clock);
        var agent = new NodeAgent(version, through, new HostsSource(settings.hosts()), trials, clock, endpoint);
        var known = identity.<NodeIdentity>map(api -> api).orElse(NodeIdentity.NONE);
        var preloader = preloading(settings, agent, sockets, known, clock);
        var images = new NodeImages(sockets, agent::hostNames, clock);
        return new NodeService(
                agent,
                settings,
                runtime,
                changes,
                sockets,
                preloader,
                running,
                ManagementPort.open(
                        settings.management(),
                        agent,
                        () -> agent.status().preloading(preloader.report()).running(running.version()),
                        images::report),
                endpoint,
                settings.credentials().map(CredentialProvider::new),
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
        try (var sockets = new CriSockets(settings.node().criSockets())) {
            return removeAll(
                    NodeRuntime.open(settings.runtimes()),
                    changes(settings, sockets, Clock.systemUTC()),
                    settings.credentials().map(CredentialProvider::new));
        }
    }

    /** Runs in the thread of the caller until {@link #stop}. */
    public void run() throws InterruptedException {
        installation.ifPresent(Installation::watch);
        preloads.start();
        running.look(); // the first report that the operator reads has the version
        versions.start();
        changing.ifPresent(Thread::start);
        do {
            if (agent.look()) {
                credentials.ifPresent(CredentialProvider::install);
            }
        } while (!stop.await(1, TimeUnit.SECONDS));
        if (changing.isPresent()) {
            changing.get().interrupt();
            changing.get().join(LAST_STEP);
        }
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
        preloads.interrupt();
        versions.interrupt();
        management.close();
        endpoint.close();
        sockets.close();
    }

    private static RuntimeChanges changes(NodeSettings settings, CriSockets sockets, Clock clock) {
        var root = new NodeRoot(settings.node().root());
        var turn = settings.installation()
                .<RestartTurn>map(pod -> new LeaseTurn(
                        new ApiServer(pod.apiServer(), pod.account()),
                        pod.name() + "-restart",
                        settings.node().name().orElse("a node without a name"),
                        clock))
                .orElse(RestartTurn.ALONE);
        return new RuntimeChanges(
                root,
                root.here("/etc/containerd"),
                new RuntimeStart(new Systemd(root.here(Systemd.SOCKET)), sockets, "containerd"),
                turn);
    }

    private static Preloading preloading(
            NodeSettings settings, NodeAgent agent, CriSockets sockets, NodeIdentity identity, Clock clock) {
        return settings.docker()
                .<Preloading>map(docker -> new EnginePreloader(docker.engine(), docker.logins(), agent::preloads))
                .orElseGet(() -> new Preloader(
                        sockets, agent::preloads, identity, settings.node().root(), TEMPORARY, clock));
    }

    private static Optional<ApiIdentity> identity(NodeSettings settings, Clock clock) {
        return settings.installation()
                .flatMap(pod -> settings.node()
                        .name()
                        .map(node -> new ApiIdentity(
                                new ApiServer(pod.apiServer(), pod.account()), node, pod.accountName(), clock)));
    }

    private void leave() throws InterruptedException {
        StopReason reason = installation.isPresent() ? installation.get().stopReason() : new StopReason.Restarted();
        switch (reason) {
            case StopReason.Restarted restarted -> LOG.info("stopped; this node's files stay");
            case StopReason.Unclear unclear -> LOG.warn("stopped; this node's files stay, as {}", unclear.why());
            case StopReason.Uninstalled uninstalled -> {
                LOG.info("{}: taking this node's files away", uninstalled.why());
                removeAll(runtime, changes, credentials).forEach(LOG::error);
            }
        }
    }

    private static List<String> removeAll(
            NodeRuntime runtime, RuntimeChanges changes, Optional<CredentialProvider> credentials) {
        var left = new ArrayList<String>();
        try {
            left.addAll(messages(NodeHosts.removeAll(runtime)));
        } catch (UncheckedIOException e) {
            left.add(String.valueOf(e.getMessage()) + ": " + e.getCause());
        }
        credentials.ifPresent(provider -> left.addAll(provider.remove()));
        changes.remove().ifPresent(left::add);
        return left;
    }

    private static List<String> messages(List<HostReport> left) {
        return left.stream()
                .map(host -> host.name() + ": " + host.message().orElse(""))
                .toList();
    }
}
