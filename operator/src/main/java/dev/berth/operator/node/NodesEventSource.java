package dev.berth.operator.node;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.List;
import java.util.Set;

/** Wakes registries when trust, the list of hosts, the agents or what they say has changed; starts and stops what finds that out. */
final class NodesEventSource extends AbstractEventSource<NodesSeen, Registry> {
    private final Cache<Registry> registries;
    private final NodesInformers informers;
    private final Agents agents;
    private final Runnable others;
    private List<AgentReport> last = List.of();

    /**
     * Not started yet.
     *
     * @param others who is called when registries are woken
     */
    NodesEventSource(Cache<Registry> registries, NodesInformers informers, Agents agents, Runnable others) {
        super(NodesSeen.class, "nodes");
        this.registries = registries;
        this.informers = informers;
        this.agents = agents;
        this.others = others;
    }

    @Override
    public void start() {
        informers.start(this::wakeAll, agents::hurry);
        agents.start(this::wakeIfReportsChanged);
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        agents.close();
        informers.close();
    }

    @Override
    public Set<NodesSeen> getSecondaryResources(Registry registry) {
        return Set.of();
    }

    private synchronized void wakeIfReportsChanged() {
        List<AgentReport> now = agents.reports();
        if (!now.equals(last)) {
            last = now;
            wakeAll();
        }
    }

    private void wakeAll() {
        if (isRunning()) {
            registries
                    .list()
                    .map(ResourceID::fromResource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
            others.run();
        }
    }
}
