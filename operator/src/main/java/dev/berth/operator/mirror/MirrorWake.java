package dev.berth.operator.mirror;

import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Set;
import java.util.function.Predicate;

/** Wakes mirrors when something has changed that they name, or that nodes say of them. */
final class MirrorWake extends AbstractEventSource<Object, ImageMirror> {

    private final Cache<ImageMirror> mirrors;
    private final MirrorNews news;

    MirrorWake(Cache<ImageMirror> mirrors, MirrorNews news) {
        super(Object.class, "mirrornews");
        this.mirrors = mirrors;
        this.news = news;
    }

    @Override
    public void start() {
        news.listen(this::wake);
        super.start();
    }

    @Override
    public Set<Object> getSecondaryResources(ImageMirror mirror) {
        return Set.of();
    }

    private void wake(Predicate<HasMetadata> concerned) {
        if (isRunning()) {
            mirrors.list(concerned::test)
                    .map(ResourceID::fromResource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }
}
