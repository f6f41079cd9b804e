package dev.berth.operator.registry;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.fence.Fence;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What wakes the reconciler: one informer for each kind of child, seeing only what Berth made; and namespaces and service
 * accounts. Each holds its objects in a compact form, and asks for them page by page.
 */
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

    /** An index of the Secrets that are copies in other namespaces than their Registry's, and its one key. */
    static final String COPIES = "copies";

    private final EventSourceContext<Registry> context;
    private final BooleanSupplier leading;
    private final Fence fence;

    /** @param leading whether this operator is the one that works, of several */
    Watches(EventSourceContext<Registry> context, BooleanSupplier leading, Fence fence) {
        this.context = context;
        this.leading = leading;
        this.fence = fence;
    }

    List<EventSource<?, Registry>> all() {
        var secrets = children(Secret.class, SECRETS);
        secrets.addIndexers(Map.of(COPIES, secret -> Origin.isElsewhere(secret) ? List.of(COPIES) : List.of()));
        var accounts = serviceAccounts();
        return List.of(
                secrets,
                children(ConfigMap.class, CONFIG_MAPS),
                children(Service.class, SERVICES),
                children(PersistentVolumeClaim.class, VOLUMES),
                children(StatefulSet.class, STATEFUL_SETS),
                children(NetworkPolicy.class, NETWORK_POLICIES),
                namespaces(),
                accounts,
                new Leftovers(context.getClient(), context.getPrimaryCache(), secrets, accounts, leading, fence));
    }

    /** Apart from the others, since the poll of servers looks pods up in it. */
    InformerEventSource<Pod, Registry> pods() {
        return children(Pod.class, PODS);
    }

    /** Everything that the informer of a kind knows, whichever registry it is about. */
    static <R extends HasMetadata> List<R> all(Class<R> type, String name, Context<Registry> context) {
        return source(type, name, context).list().toList();
    }

    /** The service accounts of the whole cluster, by name and by {@link AttachedServiceAccounts#INDEX}. */
    static InformerEventSource<ServiceAccount, Registry> serviceAccounts(Context<Registry> context) {
        return source(ServiceAccount.class, SERVICE_ACCOUNTS, context);
    }

    private static <R extends HasMetadata> InformerEventSource<R, Registry> source(
            Class<R> type, String name, Context<Registry> context) {
        return (InformerEventSource<R, Registry>) context.eventSourceRetriever().getEventSourceFor(type, name);
    }

    private <R extends HasMetadata> InformerEventSource<R, Registry> children(Class<R> type, String name) {
        var configuration = InformerEventSourceConfiguration.from(type, Registry.class)
                .withName(name)
                .withLabelSelector(RegistryLabels.MANAGED)
                .withItemStore(CompactStore.of(type, context.getClient()))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(name, Origin::of))
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** A namespace that comes, goes, or changes its labels concerns every registry that selects namespaces. */
    private EventSource<Namespace, Registry> namespaces() {
        var configuration = InformerEventSourceConfiguration.from(Namespace.class, Registry.class)
                .withName(NAMESPACES)
                .withOnUpdateFilter((now, before) -> now.isMarkedForDeletion() != before.isMarkedForDeletion()
                        || !Objects.equals(
                                now.getMetadata().getLabels(),
                                before.getMetadata().getLabels()))
                .withItemStore(SlimObjects.namespaces())
                .withSecondaryToPrimaryMapper(fence.mapper(
                        NAMESPACES,
                        namespace -> registries(
                                registry -> registry.getSpec().pullSecrets().namespaces() != null)))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** A service account that comes, or that somebody changes, concerns the registries that attach to its name. */
    private InformerEventSource<ServiceAccount, Registry> serviceAccounts() {
        var configuration = InformerEventSourceConfiguration.from(ServiceAccount.class, Registry.class)
                .withName(SERVICE_ACCOUNTS)
                .withItemStore(SlimObjects.serviceAccounts())
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(
                        SERVICE_ACCOUNTS,
                        account -> registries(registry -> registry.getSpec()
                                .pullSecrets()
                                .attachToServiceAccounts()
                                .contains(account.getMetadata().getName()))))
                .build();
        var source = new InformerEventSource<ServiceAccount, Registry>(configuration, context);
        source.addIndexers(Map.of(AttachedServiceAccounts.INDEX, AttachedServiceAccounts::annotationsOf));
        return source;
    }

    /** Those of which `concerned` holds. A registry whose spec can't be read is concerned by nothing. */
    private Set<ResourceID> registries(Predicate<Registry> concerned) {
        return context.getPrimaryCache()
                .list(registry -> registry.getSpec() != null && concerned.test(registry))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
