package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of hosts at what registries and mirrors want: works the whole of it out about once a second at most, when something concerned
 * nodes, on a thread of its own. As only that thread writes, and works out what is wanted just before, a later state is never overwritten by an
 * earlier one. Any thread may ask.
 */
final class HostsUpdate implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostsUpdate.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A list of thousands takes a good part of a second: this leaves most of a processor to others. */
    private static final int PAUSE_PER_WORK = 4;

    private final NodesInformers informers;
    private final HostsWriter writer;
    private final MirrorHosts mirrors;
    private final Clock clock;
    private final Fence fence;
    private final CoalescedTask task;
    private volatile Optional<Context<Registry>> caches = Optional.empty();
    private volatile WantedHosts wanted = WantedHosts.NONE;
    private volatile boolean workedOut;
    private Consumer<Set<String>> changed = hosts -> {};
    private Duration afterFailure = PAUSE;

    HostsUpdate(NodesInformers informers, HostsWriter writer, MirrorHosts mirrors, Clock clock, Fence fence) {
        this.informers = informers;
        this.writer = writer;
        this.mirrors = mirrors;
        this.clock = clock;
        this.fence = fence;
        this.task = new CoalescedTask("node-hosts", fence, this::work);
    }

    /** @param changed called with the hosts whose entry in the list is another, on the thread that writes */
    void start(Consumer<Set<String>> changed) {
        this.changed = changed;
        task.start();
    }

    /**
     * Asks for the list to be worked out.
     *
     * @param context of any reconciliation: that there is one says that this operator leads and has seen all registries
     */
    void request(Context<Registry> context) {
        caches = Optional.of(context);
        task.request();
    }

    /** Asks for the list to be worked out, if any registry was reconciled yet. */
    void request() {
        if (caches.isPresent()) {
            task.request();
        }
    }

    /** Takes note of a ConfigMap of the list; one that somebody changed is written again. */
    void saw(int part, Optional<ConfigMap> now) {
        if (writer.saw(part, now)) {
            request();
        }
    }

    /** The list as it was written last. */
    HostList current() {
        return writer.current();
    }

    /** The list as it was worked out last. */
    WantedHosts wanted() {
        return wanted;
    }

    /** Whether the list was worked out since the start. */
    boolean workedOut() {
        return workedOut;
    }

    @Override
    public void close() {
        task.close();
    }

    private Duration work() {
        Instant start = clock.instant();
        boolean written = fence.get("node-hosts", "the list of hosts", this::bringUpToDate, false);
        if (!written) {
            task.request(); // again, later
            afterFailure = shorter(afterFailure.multipliedBy(2), LONGEST_PAUSE);
            return afterFailure;
        }
        afterFailure = PAUSE;
        Duration work = Duration.between(start, clock.instant()).multipliedBy(PAUSE_PER_WORK);
        return work.compareTo(PAUSE) < 0 ? PAUSE : shorter(work, LONGEST_PAUSE);
    }

    /** @return whether the API server took it */
    private boolean bringUpToDate() {
        Optional<Context<Registry>> context = caches;
        if (context.isEmpty()) {
            return true;
        }
        HostList before = writer.current();
        WantedHosts wantedBefore = wanted;
        WantedHosts now =
                WantedHosts.of(context.get(), new WantedHosts.Sources(informers.trusted(), mirrors, before, fence));
        wanted = now;
        // Without a DaemonSet nobody would read the list, and perhaps its namespace isn't there.
        boolean written = informers.daemonSet().isEmpty() || write(now);
        workedOut = true;
        Set<String> hosts = writer.current().changed(before);
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
            log.warn("nodes hear of some hosts later, their list can't be written: {}", e.getMessage());
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
