package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Knows which upstreams a registry mirrors. The room of mirrors implements this, and `main` hands it to the reconciler. */
public interface MirrorSource {

    /** What wakes a registry whose mirrors have changed; asked once, at start. */
    List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context);

    /** The mirrors of a registry as they should be by now. Any thread. */
    ServerMirrors of(Registry registry, Context<Registry> context);
}
