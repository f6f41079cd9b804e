package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.resource.WakingEventSource;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Wakes Registries when trust, the agents or their reports have changed. It starts and stops everything that reads nodes. */
final class NodesEventSource extends WakingEventSource<Registry>
        implements NodesInformers.Listener, ResourceEventAware<Registry> {
    private final NodesInformers informers;
    private final Agents agents;
    private final HostsUpdate update;
    private final Wakes wakes;
    private List<AgentReport> last = List.of();

    /**
     * An event source that is not started.
     *
     * @param mirrors wakes mirrors by their `namespace/name`
     */
    NodesEventSource(
            Cache<Registry> registries,
            NodesInformers informers,
            Agents agents,
            HostsUpdate update,
            Consumer<Predicate<String>> mirrors,
            Fence fence) {
        super("nodes");
        this.informers = informers;
        this.agents = agents;
        this.update = update;
        this.wakes = new Wakes(registries::keys, this::wake, mirrors, fence);
    }

    @Override
    public void start() {
        informers.start(this);
        informers.hosts().forEach((part, map) -> update.saw(part, Optional.of(map)));
        agents.start(this::compareReports);
        wakes.start();
        update.start(this::listChanged);
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        update.close();
        wakes.close();
        agents.close();
        informers.close();
    }

    /** Removes the host of the Registry from the list. */
    @Override
    public void onResourceDeleted(Registry registry) {
        update.request();
    }

    @Override
    public void trust(Set<String> namespaces) {
        update.request();
        if (isRunning()) {
            wakes.namespaces(namespaces);
        }
    }

    @Override
    public void hosts(int part, Optional<ConfigMap> now) {
        update.saw(part, now);
    }

    @Override
    public void nodes() {
        update.request();
        agents.hurry();
        wakeAll();
    }

    @Override
    public void agents() {
        agents.hurry();
    }

    private void listChanged(Set<String> hosts) {
        agents.hurry();
        wakes.some(update.wanted().registriesOf(hosts), update.wanted().mirrorsOf(hosts));
    }

    private synchronized void compareReports() {
        var now = agents.reports();
        var changes = ReportChanges.between(last, now);
        last = now;
        if (changes.everybody()) {
            wakeAll();
        }
        var hosts = changes.hosts(update.current());
        wakes.some(update.wanted().registriesOf(hosts), update.wanted().mirrorsOf(hosts));
    }

    /** Does nothing during the start, since all Registries are then reconciled anyway. */
    private void wakeAll() {
        if (isRunning()) {
            wakes.all();
        }
    }
}
