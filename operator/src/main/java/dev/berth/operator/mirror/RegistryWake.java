package dev.berth.operator.mirror;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Set;
import java.util.function.Predicate;

/** Wakes registries when something has changed that their mirrors name or keep; starts and stops what finds that out. */
final class RegistryWake extends AbstractEventSource<Object, Registry> {

    private final Cache<Registry> registries;
    private final MirrorNews news;
    private final BroughtWatch watch;
    private final PodImages pods;
    private final Runnable podsChanged;

    /** @param podsChanged called when pods use other images than they did */
    RegistryWake(
            Cache<Registry> registries, MirrorNews news, BroughtWatch watch, PodImages pods, Runnable podsChanged) {
        super(Object.class, "mirrornews");
        this.registries = registries;
        this.news = news;
        this.watch = watch;
        this.pods = pods;
        this.podsChanged = podsChanged;
    }

    @Override
    public void start() {
        news.listen(this::wake);
        pods.start(podsChanged);
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        pods.close();
        watch.close();
    }

    @Override
    public Set<Object> getSecondaryResources(Registry registry) {
        return Set.of();
    }

    private void wake(Predicate<HasMetadata> concerned) {
        if (isRunning()) {
            registries
                    .list(concerned::test)
                    .map(ResourceID::fromResource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }
}
