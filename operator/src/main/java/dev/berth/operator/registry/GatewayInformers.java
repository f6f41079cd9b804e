package dev.berth.operator.registry;

import dev.berth.operator.network.GatewayKinds;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The informers of the kinds of the Gateway API. An informer of a kind that the cluster does not have would keep the operator from starting,
 * so each starts only once the API server serves its kind: at the operator's start, or when a Registry needs it.
 *
 * <p>Any thread.
 */
final class GatewayInformers {
    private final Set<Class<? extends HasMetadata>> watched = new LinkedHashSet<>();

    /** Makes the informer of a kind. */
    interface Source {
        EventSource<?, Registry> of(Class<? extends HasMetadata> kind, EventSourceContext<Registry> context);
    }

    private final Source source;

    GatewayInformers(Source source) {
        this.source = source;
    }

    /** The informers of the kinds that the cluster has when the operator starts. */
    synchronized List<EventSource<?, Registry>> atStart(EventSourceContext<Registry> context) {
        watched.addAll(served(context.getClient()));
        return watched.stream()
                .<EventSource<?, Registry>>map(kind -> source.of(kind, context))
                .toList();
    }

    /** The kinds that are watched, after the informers that a Registry needs were started if that is possible. */
    synchronized GatewayKinds watchedFor(Registry registry, Context<Registry> context) {
        var needed = GatewayKinds.neededBy(registry.getSpec().exposure());
        if (!watched.containsAll(needed)) {
            var retriever = context.eventSourceRetriever();
            var served = served(context.getClient());
            needed.stream()
                    .filter(kind -> served.contains(kind) && !watched.contains(kind))
                    .forEach(kind -> {
                        retriever.dynamicallyRegisterEventSource(
                                source.of(kind, retriever.eventSourceContextForDynamicRegistration()));
                        watched.add(kind);
                    });
        }
        return new GatewayKinds(watched);
    }

    private static Set<Class<? extends HasMetadata>> served(KubernetesClient client) {
        var kinds = Optional.ofNullable(client.getApiResources(GatewayKinds.API_VERSION))
                .map(list ->
                        list.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet()))
                .orElse(Set.of());
        return GatewayKinds.ALL.stream()
                .filter(kind -> kinds.contains(HasMetadata.getKind(kind)))
                .collect(Collectors.toSet());
    }
}
