package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What wakes the reconciler: one informer for each kind of child, seeing only what Berth made; and namespaces. */
final class Watches {

    static final String SECRETS = "secrets";
    static final String CONFIG_MAPS = "configmaps";
    static final String SERVICES = "services";
    static final String VOLUMES = "volumes";
    static final String STATEFUL_SETS = "statefulsets";
    static final String NETWORK_POLICIES = "networkpolicies";
    static final String PODS = "pods";
    static final String NAMESPACES = "namespaces";
    static final String SERVICE_ACCOUNTS = "serviceaccounts";

    private Watches() {}

    static List<EventSource<?, Registry>> of(EventSourceContext<Registry> context) {
        return List.of(
                children(Secret.class, SECRETS, context),
                children(ConfigMap.class, CONFIG_MAPS, context),
                children(Service.class, SERVICES, context),
                children(PersistentVolumeClaim.class, VOLUMES, context),
                children(StatefulSet.class, STATEFUL_SETS, context),
                children(NetworkPolicy.class, NETWORK_POLICIES, context),
                namespaces(context),
                serviceAccounts(context));
    }

    /** Apart from the others, since the poll of servers looks pods up in it. */
    static InformerEventSource<Pod, Registry> pods(EventSourceContext<Registry> context) {
        return children(Pod.class, PODS, context);
    }

    /** Everything that the informer of a kind knows, whichever registry it is about. */
    static <R extends HasMetadata> List<R> all(Class<R> type, String name, Context<Registry> context) {
        var source = (InformerEventSource<R, Registry>)
                context.eventSourceRetriever().getEventSourceFor(type, name);
        return source.list().toList();
    }

    private static <R extends HasMetadata> InformerEventSource<R, Registry> children(
            Class<R> type, String name, EventSourceContext<Registry> context) {
        var configuration = InformerEventSourceConfiguration.from(type, Registry.class)
                .withName(name)
                .withLabelSelector(RegistryLabels.MANAGED)
                .withSecondaryToPrimaryMapper(Origin::of)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A namespace that comes, goes, or changes its labels concerns every registry that selects namespaces. */
    private static EventSource<Namespace, Registry> namespaces(EventSourceContext<Registry> context) {
        var configuration = InformerEventSourceConfiguration.from(Namespace.class, Registry.class)
                .withName(NAMESPACES)
                .withOnUpdateFilter((now, before) -> now.isMarkedForDeletion() != before.isMarkedForDeletion()
                        || !now.getMetadata()
                                .getLabels()
                                .equals(before.getMetadata().getLabels()))
                .withSecondaryToPrimaryMapper(namespace -> registries(
                        context, registry -> registry.getSpec().pullSecrets().namespaces() != null))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A service account that comes, or that somebody changes, concerns the registries that attach to its name. */
    private static EventSource<ServiceAccount, Registry> serviceAccounts(EventSourceContext<Registry> context) {
        var configuration = InformerEventSourceConfiguration.from(ServiceAccount.class, Registry.class)
                .withName(SERVICE_ACCOUNTS)
                .withSecondaryToPrimaryMapper(account -> registries(
                        context,
                        registry -> registry.getSpec()
                                .pullSecrets()
                                .attachToServiceAccounts()
                                .contains(account.getMetadata().getName())))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> registries(EventSourceContext<Registry> context, Predicate<Registry> concerned) {
        return context.getPrimaryCache()
                .list(concerned)
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
