package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of hosts up to date. It computes the whole list at most about once a second, after something has
 * changed that concerns nodes, on a thread of its own. Only that thread writes, and it computes just before it
 * writes, so an older state never replaces a newer one. Any thread may request an update.
 */
final class HostsUpdate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostsUpdate.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A list of thousands of hosts takes a good part of a second, so this leaves most of a processor to other work. */
    private static final int PAUSE_PER_WORK = 4;

    private final NodesInformers informers;
    private final HostsWriter writer;
    private final MirrorHost.Source mirrors;
    private final Clock clock;
    private final Fence fence;
    private final CoalescedTask task;
    private volatile Optional<Context<Registry>> caches = Optional.empty();
    private volatile WantedHosts wanted = WantedHosts.NONE;
    private volatile boolean workedOut;
    private Consumer<Set<String>> changed = hosts -> {};
    private Duration afterFailure = PAUSE;

    HostsUpdate(NodesInformers informers, HostsWriter writer, MirrorHost.Source mirrors, Clock clock, Fence fence) {
        this.informers = informers;
        this.writer = writer;
        this.mirrors = mirrors;
        this.clock = clock;
        this.fence = fence;
        this.task = new CoalescedTask("node-hosts", fence, this::work);
    }

    /**
     * Starts the thread.
     *
     * @param changed called, on that thread, with the hosts whose entries have changed
     */
    void start(Consumer<Set<String>> changed) {
        this.changed = changed;
        task.start();
    }

    /**
     * Requests an update.
     *
     * @param context of any reconciliation. Its existence shows that this operator is the leader and has listed all
     *     Registries
     */
    void request(Context<Registry> context) {
        caches = Optional.of(context);
        task.request();
    }

    /** The entry of a Registry as it should be; empty while a child that it needs does not exist. */
    Optional<NodeHost> entry(Registry registry, Context<Registry> context) {
        return WantedHosts.entry(registry, context, informers.trusted());
    }

    /**
     * Requests an update if this Registry may change the list. This spares the computation for most reconciliations of Registries that are in
     * the list already.
     *
     * @param entry of the Registry as it should be
     */
    void requestIfChanged(Registry registry, Optional<NodeHost> entry, Context<Registry> context) {
        var trusted = informers.trusted();
        var listed = current().host(RegistryNames.of(registry).address());
        var wants = WantedHosts.concernsNodes(registry, trusted) ? entry.or(() -> listed) : Optional.<NodeHost>empty();
        if (!workedOut
                || trusted.contains(registry.getMetadata().getNamespace(), Trust.mirrors)
                || !wants.equals(listed)) {
            request(context);
        }
    }

    /** Requests an update. Does nothing before the first reconciliation of a Registry. */
    void request() {
        if (caches.isPresent()) {
            task.request();
        }
    }

    /** Tells of a ConfigMap of the list. If another client has changed it, it is written again. */
    void saw(int part, Optional<ConfigMap> now) {
        if (writer.saw(part, now)) {
            request();
        }
    }

    /** The list as it was written last. */
    HostList current() {
        return writer.current();
    }

    /** The list as it was computed last. */
    WantedHosts wanted() {
        return wanted;
    }

    /** Whether the list was computed since the start. */
    boolean workedOut() {
        return workedOut;
    }

    @Override
    public void close() {
        task.close();
    }

    private Duration work() {
        var start = clock.instant();
        var written = fence.get("node-hosts", "the list of hosts", this::bringUpToDate, false);
        if (!written) {
            task.request(); // again, later
            afterFailure = shorter(afterFailure.multipliedBy(2), LONGEST_PAUSE);
            return afterFailure;
        }
        afterFailure = PAUSE;
        var work = Duration.between(start, clock.instant()).multipliedBy(PAUSE_PER_WORK);
        return work.compareTo(PAUSE) < 0 ? PAUSE : shorter(work, LONGEST_PAUSE);
    }

    /**
     * Computes and writes the list.
     *
     * @return whether the API server accepted all of it
     */
    private boolean bringUpToDate() {
        Optional<Context<Registry>> context = caches;
        if (context.isEmpty()) {
            return true;
        }
        var before = writer.current();
        WantedHosts wantedBefore = wanted;
        var now = WantedHosts.of(context.get(), new WantedHosts.Sources(informers.trusted(), mirrors, before, fence));
        wanted = now;
        // Without a DaemonSet nothing reads the list, and its namespace may not exist.
        var written = informers.daemonSet().isEmpty() || write(now);
        workedOut = true;
        var hosts = writer.current().changed(before);
        hosts.addAll(now.contended(wantedBefore));
        if (!hosts.isEmpty()) {
            changed.accept(hosts);
        }
        return written;
    }

    private boolean write(WantedHosts now) {
        try {
            writer.update(now.hosts());
            return true;
        } catch (KubernetesClientException e) {
            LOG.warn("the list of hosts was not written completely; nodes get some hosts later: {}", e.getMessage());
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
