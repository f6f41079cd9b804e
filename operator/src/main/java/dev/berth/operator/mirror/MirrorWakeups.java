package dev.berth.operator.mirror;

import dev.berth.operator.resource.WakingEventSource;
import dev.berth.v1alpha1.ImageMirror;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Wakes ImageMirrors for the two reasons that come from the controller of Registries: an object that mirrors refer to has changed, or
 * nodes report something else about mirrors. All other reasons are event sources in {@link MirrorWatches}. Any thread.
 */
public final class MirrorWakeups extends WakingEventSource<ImageMirror> {
    private volatile Optional<Cache<ImageMirror>> mirrors = Optional.empty();

    public MirrorWakeups() {
        super("mirrorwakeups");
    }

    /** The event source for the controller whose mirrors are in this cache. */
    MirrorWakeups of(Cache<ImageMirror> mirrors) {
        this.mirrors = Optional.of(mirrors);
        return this;
    }

    /** Wakes the mirrors of a namespace, one of whose Secrets or ConfigMaps has changed. */
    void referencedObjectChanged(String namespace) {
        wakeAll(id -> id.getNamespace().orElse("").equals(namespace));
    }

    /** Wakes the mirrors, by their `namespace/name`, about which nodes report something else. */
    public void nodesChanged(Predicate<String> names) {
        wakeAll(id -> names.test(id.getNamespace().orElse("") + "/" + id.getName()));
    }

    private void wakeAll(Predicate<ResourceID> concerned) {
        mirrors.ifPresent(all -> all.keys().filter(concerned).forEach(this::wake));
    }
}
