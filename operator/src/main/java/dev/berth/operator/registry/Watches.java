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
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** An index of the Secrets that are copies in other namespaces than their Registry's: all of them by this key, those of a Registry by {@link #key}. */
    static final String COPIES = "copies";

    /** An index of the Registries whose pull secret goes to other namespaces, and its one key. */
    private static final String SELECTING = "selecting";

    /** An index of Registries by the service accounts that they attach to. */
    private static final String ATTACHING = "attaching";

    private static final Map<Class<?>, String> NAMES = Map.of(
            Secret.class, SECRETS,
            ConfigMap.class, CONFIG_MAPS,
            Service.class, SERVICES,
            PersistentVolumeClaim.class, VOLUMES,
            StatefulSet.class, STATEFUL_SETS,
            NetworkPolicy.class, NETWORK_POLICIES,
            Pod.class, PODS);

    private final EventSourceContext<Registry> context;
    private final BooleanSupplier leading;
    private final Fence fence;

    /** @param leading whether this operator is the one that works, of several */
    Watches(EventSourceContext<Registry> context, BooleanSupplier leading, Fence fence) {
        this.context = context;
        this.leading = leading;
        this.fence = fence;
        context.getPrimaryCache()
                .addIndexers(Map.of(
                        SELECTING,
                        registry -> registry.getSpec() != null
                                        && registry.getSpec().pullSecrets().namespaces() != null
                                ? List.of(SELECTING)
                                : List.of(),
                        ATTACHING,
                        registry -> registry.getSpec() == null
                                ? List.of()
                                : registry.getSpec().pullSecrets().attachToServiceAccounts()));
    }

    List<EventSource<?, Registry>> all() {
        var secrets = children(Secret.class, SECRETS, RegistryNames::secrets);
        secrets.addIndexers(Map.of(COPIES, Watches::copyOf));
        var accounts = serviceAccounts();
        return List.of(
                secrets,
                children(ConfigMap.class, CONFIG_MAPS, RegistryNames::configMaps),
                children(Service.class, SERVICES, RegistryNames::services),
                children(PersistentVolumeClaim.class, VOLUMES, names -> List.of(names.volume())),
                children(StatefulSet.class, STATEFUL_SETS, names -> List.of(names.server())),
                children(NetworkPolicy.class, NETWORK_POLICIES, names -> List.of(names.networkPolicy())),
                namespaces(),
                accounts,
                new Leftovers(context.getClient(), context.getPrimaryCache(), secrets, accounts, leading, fence));
    }

    /** Apart from the others, since the poll of servers looks pods up in it. */
    InformerEventSource<Pod, Registry> pods() {
        return children(Pod.class, PODS, names -> List.of(names.pod()));
    }

    /** Everything that the informer of a kind knows, whichever registry it is about. */
    static <R extends HasMetadata> List<R> all(Class<R> type, String name, Context<Registry> context) {
        return source(type, name, context).list().toList();
    }

    /** One child of a kind, by its name; no other object is read. Empty for an object whose labels don't say that it is this registry's. */
    static <R extends HasMetadata> Optional<R> find(Class<R> type, ResourceID id, Context<Registry> context) {
        var registry = ResourceID.fromResource(context.getPrimaryResource());
        return source(type, Objects.requireNonNull(NAMES.get(type), "a kind of child"), context)
                .get(id)
                .filter(object -> Origin.of(object).contains(registry));
    }

    /** The Secrets in other namespaces that say that they are a Registry's. */
    static List<Secret> copies(RegistryNames names, Context<Registry> context) {
        return source(Secret.class, SECRETS, context).byIndex(COPIES, key(names.namespace(), names.name()));
    }

    /** The service accounts of the whole cluster, by name and by {@link AttachedServiceAccounts#INDEX}. */
    static InformerEventSource<ServiceAccount, Registry> serviceAccounts(Context<Registry> context) {
        return source(ServiceAccount.class, SERVICE_ACCOUNTS, context);
    }

    private static <R extends HasMetadata> InformerEventSource<R, Registry> source(
            Class<R> type, String name, Context<Registry> context) {
        return (InformerEventSource<R, Registry>) context.eventSourceRetriever().getEventSourceFor(type, name);
    }

    private static List<String> copyOf(Secret secret) {
        return Origin.isElsewhere(secret)
                ? Stream.concat(
                                Stream.of(COPIES),
                                Origin.of(secret).stream()
                                        .map(id -> key(id.getNamespace().orElse(""), id.getName())))
                        .toList()
                : List.of();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** @param names of a registry's children of the kind: they follow from its own name, so no index of them is kept */
    private <R extends HasMetadata> InformerEventSource<R, Registry> children(
            Class<R> type, String name, Function<RegistryNames, List<String>> names) {
        var configuration = InformerEventSourceConfiguration.from(type, Registry.class)
                .withName(name)
                .withLabelSelector(RegistryLabels.MANAGED)
                .withItemStore(CompactStore.of(type, context.getClient()))
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(name, Origin::of))
                .withPrimaryToSecondaryMapper((Registry registry) -> names.apply(RegistryNames.of(registry)).stream()
                        .map(child ->
                                new ResourceID(child, registry.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
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
                .withSecondaryToPrimaryMapper(fence.mapper(NAMESPACES, namespace -> registries(SELECTING, SELECTING)))
                .withPrimaryToSecondaryMapper((Registry registry) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** A service account that comes, or that somebody changes, concerns the registries that attach to its name. */
    private InformerEventSource<ServiceAccount, Registry> serviceAccounts() {
        var configuration = InformerEventSourceConfiguration.from(ServiceAccount.class, Registry.class)
                .withName(SERVICE_ACCOUNTS)
                .withItemStore(SlimObjects.serviceAccounts())
                .withInformerListLimit(CompactStore.PAGE)
                .withSecondaryToPrimaryMapper(fence.mapper(
                        SERVICE_ACCOUNTS,
                        account -> registries(ATTACHING, account.getMetadata().getName())))
                .withPrimaryToSecondaryMapper((Registry registry) -> Set.of())
                .build();
        var source = new CompactEventSource<ServiceAccount, Registry>(configuration, context);
        source.addIndexers(Map.of(AttachedServiceAccounts.INDEX, AttachedServiceAccounts::annotationsOf));
        return source;
    }

    /** Those that an index has. A registry whose spec can't be read is in none. */
    private Set<ResourceID> registries(String index, String key) {
        return context.getPrimaryCache().byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
