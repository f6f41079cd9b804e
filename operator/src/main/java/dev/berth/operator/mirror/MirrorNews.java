package dev.berth.operator.mirror;

import dev.berth.operator.mirror.BroughtWatch.Named;
import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Passes on to both controllers, of registries and of mirrors, what no informer of theirs sees. Any thread. */
public final class MirrorNews {

    private final List<Consumer<Predicate<HasMetadata>>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Adds somebody who waits for news.
     *
     * @param listener called with which mirrors and registries something has changed for
     */
    void listen(Consumer<Predicate<HasMetadata>> listener) {
        listeners.add(listener);
    }

    /** An object changed that mirrors of its namespace name. */
    void brought(Named changed) {
        tell(object -> object.getMetadata().getNamespace().equals(changed.namespace()));
    }

    /** Something changed that concerns some of them. */
    void changed(Predicate<HasMetadata> concerned) {
        tell(concerned);
    }

    /**
     * Nodes say something else about some mirrors.
     *
     * @param mirrors which, by their `namespace/name`
     */
    public void nodes(Predicate<String> mirrors) {
        tell(object -> object instanceof ImageMirror mirror && mirrors.test(MirrorEntry.nameOf(mirror)));
    }

    private void tell(Predicate<HasMetadata> concerned) {
        listeners.forEach(listener -> listener.accept(concerned));
    }
}
