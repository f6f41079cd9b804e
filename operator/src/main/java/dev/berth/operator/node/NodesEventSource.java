package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Wakes registries when trust, the agents or what they say about them has changed; starts and stops what finds that out. */
final class NodesEventSource extends AbstractEventSource<NodesSeen, Registry>
        implements NodesInformers.Listener, ResourceEventAware<Registry> {
    private final NodesInformers informers;
    private final Agents agents;
    private final HostsUpdate update;
    private final Wakes wakes;
    private List<AgentReport> last = List.of();

    /**
     * Not started yet.
     *
     * @param mirrors wakes those mirrors that a test of their `namespace/name` holds for
     */
    NodesEventSource(
            Cache<Registry> registries,
            NodesInformers informers,
            Agents agents,
            HostsUpdate update,
            Consumer<Predicate<String>> mirrors,
            Fence fence) {
        super(NodesSeen.class, "nodes");
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

    @Override
    public Set<NodesSeen> getSecondaryResources(Registry registry) {
        return Set.of();
    }

    /** Its address means nothing to anybody any more, and leaves the list. */
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
        List<AgentReport> now = agents.reports();
        ReportChanges changes = ReportChanges.between(last, now);
        last = now;
        if (changes.everybody()) {
            wakeAll();
        }
        Set<String> hosts = changes.hosts(update.current());
        wakes.some(update.wanted().registriesOf(hosts), update.wanted().mirrorsOf(hosts));
    }

    /** Before the start is over, all of them are yet to be reconciled anyway. */
    private void wakeAll() {
        if (isRunning()) {
            wakes.all();
        }
    }

    private void wake(ResourceID registry) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(registry));
        }
    }
}
