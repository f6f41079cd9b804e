package dev.berth.registry.node.preload;

import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.cri.CriClient;
import dev.berth.registry.cri.CriFailure;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.FoundRuntime;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the images that this node is to have in advance. About once a minute it asks each registry which digests their tags have, so that a push
 * or a sync of a tag reaches the node, and pulls what the node does not have. One thread runs it; any thread asks for its report.
 */
public final class Preloader implements Preloading {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** The most images of all hosts together that one node is to have. */
    static final int MOST = 200;

    private final CriSockets sockets;
    private final Supplier<List<PreloadList>> lists;
    private final NodeIdentity identity;
    private final DiskSpace disk;
    private final Failures failures;
    private final Clock clock;
    private volatile List<PreloadReport> report = List.of();

    /**
     * @param lists the images of all hosts in the list of this node
     * @param root the node's root folder as this process sees it
     * @param local a folder on the disk of the node's pods
     */
    public Preloader(
            CriSockets sockets,
            Supplier<List<PreloadList>> lists,
            NodeIdentity identity,
            Path root,
            Path local,
            Clock clock) {
        this(sockets, lists, identity, new NodeDisk(root, local), clock);
    }

    Preloader(
            CriSockets sockets, Supplier<List<PreloadList>> lists, NodeIdentity identity, DiskSpace disk, Clock clock) {
        this.sockets = sockets;
        this.lists = lists;
        this.identity = identity;
        this.disk = disk;
        this.failures = new Failures(clock);
        this.clock = clock;
    }

    @Override
    public List<PreloadReport> report() {
        return report;
    }

    /** Works until its thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                round();
                // A random part, because all agents of a cluster see a new list at the same time.
                Thread.sleep(PAUSE.plusMillis(ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 4)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    /** Looks at all images once, and pulls those that are missing. */
    public void round() throws InterruptedException {
        var all = lists.get();
        if (all.isEmpty()) {
            report = List.of();
            return;
        }
        try {
            var selected = selected(all, identity.labels());
            switch (sockets.find()) {
                case FoundRuntime.Found(var runtime, var _) -> round(selected, runtime);
                case FoundRuntime.None(var why) -> fail(selected, why);
            }
        } catch (IOException e) {
            fail(all, String.valueOf(e.getMessage()));
        }
    }

    private static List<PreloadList> selected(List<PreloadList> all, Map<String, String> labels) {
        return all.stream().filter(list -> list.preload().selects(labels)).toList();
    }

    private void round(List<PreloadList> selected, CriClient runtime) throws CriFailure, InterruptedException {
        var node = new HostRound.Node(runtime, runtime.images(), disk, failures, clock);
        var hosts = new ArrayList<HostRound>();
        int left = MOST;
        for (var list : selected) {
            hosts.add(new HostRound(list, left, node));
            left -= hosts.getLast().images().size();
        }
        failures.keep(hosts.stream().flatMap(host -> host.images().stream()).collect(Collectors.toSet()));
        for (int i = 0; i < selected.size(); i++) {
            round(hosts.get(i), selected.get(i).host(), () -> publish(hosts));
        }
        publish(hosts);
    }

    private void round(HostRound round, RegistryHost host, Runnable progress) throws InterruptedException {
        try {
            round.run(token(host), progress);
        } catch (IOException e) {
            round.fail(String.valueOf(e.getMessage()));
        }
    }

    /** A pull by the name of an upstream can end at the upstream, which must never see a token of this cluster. */
    private Optional<String> token(RegistryHost host) throws IOException, InterruptedException {
        return host.fallBack() == FallBack.NONE ? identity.token(host.name().text()) : Optional.empty();
    }

    private void publish(List<HostRound> hosts) {
        report = hosts.stream().map(HostRound::report).toList();
    }

    private void fail(List<PreloadList> hosts, String why) {
        report = hosts.stream()
                .map(list -> {
                    int images = list.preload().images().size();
                    return new PreloadReport(list.host().name().text(), images, 0, images, Optional.of(why));
                })
                .toList();
    }
}
