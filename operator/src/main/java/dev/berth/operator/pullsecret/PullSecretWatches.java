package dev.berth.operator.pullsecret;

import dev.berth.operator.cache.CompactEventSource;
import dev.berth.operator.cache.CompactStore;
import dev.berth.operator.child.ChildWatches;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The informers of namespaces and service accounts, and an index of the copies of pull secrets. A Registry is reconciled when a namespace
 * or a service account changes that its spec may select.
 */
public final class PullSecretWatches {
    private static final String NAMESPACES = "namespaces";
    private static final String SERVICE_ACCOUNTS = "serviceaccounts";

    /** The index of objects that are copies, and its key for the copies of all Registries. The copies of one have {@link #key}. */
    static final String COPIES = "copies";

    /** The index of Registries whose pull secret goes to other namespaces, and its only key. */
    private static final String SELECTING = "selecting";

    /** The index of Registries by the names of service accounts that their specs attach the secret to. */
    private static final String ATTACHING = "attaching";

    private final EventSourceContext<Registry> context;
    private final Fence fence;

    private PullSecretWatches(EventSourceContext<Registry> context, Fence fence) {
        this.context = context;
        this.fence = fence;
    }

    /**
     * The event sources of this room.
     *
     * @param made the informers of the kinds of copies; they get an index of these
     * @param leading whether this operator is the leader
     */
    public static List<EventSource<?, Registry>> of(
            EventSourceContext<Registry> context,
            List<InformerEventSource<? extends HasMetadata, Registry>> made,
            BooleanSupplier leading,
            Fence fence) {
        context.getPrimaryCache()
                .addIndexers(Map.of(SELECTING, PullSecretWatches::selecting, ATTACHING, PullSecretWatches::attaching));
        made.forEach(PullSecretWatches::index);
        var watches = new PullSecretWatches(context, fence);
        var accounts = watches.serviceAccounts();
        var watched = WatchedNamespaces.of(context.getControllerConfiguration());
        return List.of(
                watched.areLimited() ? watches.poll(watched) : watches.namespaces(),
                accounts,
                new Leftovers(context, watched, made, accounts, leading, fence));
    }

    /** All namespaces that the operator watches. */
    static List<Namespace> namespaces(Context<Registry> context) {
        return WatchedNamespaces.of(context.getControllerConfiguration()).areLimited()
                ? ((NamespacePoll) context.eventSourceRetriever().getEventSourceFor(Object.class, NAMESPACES)).list()
                : source(Namespace.class, NAMESPACES, context).list().toList();
    }

    /** The service accounts of the watched namespaces, by name and by {@link AttachedServiceAccounts#INDEX}. */
    static InformerEventSource<ServiceAccount, Registry> serviceAccounts(Context<Registry> context) {
        return source(ServiceAccount.class, SERVICE_ACCOUNTS, context);
    }

    /** The objects in other namespaces that name this Registry as their origin. */
    static <R extends HasMetadata> List<R> copies(Class<R> type, RegistryNames names, Context<Registry> context) {
        return ChildWatches.source(type, context).byIndex(COPIES, key(names.namespace(), names.name()));
    }

    private static <R extends HasMetadata> void index(InformerEventSource<R, Registry> made) {
        made.addIndexers(Map.of(COPIES, PullSecretWatches::copyOf));
    }

    private static <R extends HasMetadata> InformerEventSource<R, Registry> source(
            Class<R> type, String name, Context<Registry> context) {
        return (InformerEventSource<R, Registry>) context.eventSourceRetriever().getEventSourceFor(type, name);
    }

    private static List<String> copyOf(HasMetadata object) {
        return Ownership.isElsewhere(object)
                ? Stream.concat(
                                Stream.of(COPIES),
                                Ownership.stated(object).stream()
                                        .map(id -> key(id.getNamespace().orElse(""), id.getName())))
                        .toList()
                : List.of();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static List<String> selecting(Registry registry) {
        return registry.getSpec() != null && registry.getSpec().pullSecrets().namespaces() != null
                ? List.of(SELECTING)
                : List.of();
    }

    private static List<String> attaching(Registry registry) {
        return registry.getSpec() == null
                ? List.of()
                : registry.getSpec().pullSecrets().attachToServiceAccounts();
    }

    /** A namespace that is created or deleted, or whose labels change, wakes every Registry that selects namespaces. */
    private EventSource<Namespace, Registry> namespaces() {
        var configuration = CompactEventSource.informers(Namespace.class, SlimObjects.namespaces(), context)
                .withName(NAMESPACES)
                .withOnUpdateFilter((now, before) -> now.isMarkedForDeletion() != before.isMarkedForDeletion()
                        || !Objects.equals(
                                now.getMetadata().getLabels(),
                                before.getMetadata().getLabels()))
                .withSecondaryToPrimaryMapper(fence.mapper(NAMESPACES, namespace -> registries(SELECTING, SELECTING)))
                .withPrimaryToSecondaryMapper((Registry registry) -> Set.of())
                .build();
        return new CompactEventSource<>(configuration, context);
    }

    /** Asks for the namespaces from time to time, since an operator that is limited to some may not watch them. */
    private EventSource<?, Registry> poll(WatchedNamespaces watched) {
        return new NamespacePoll(
                NAMESPACES, context.getClient(), watched, () -> registries(SELECTING, SELECTING), fence);
    }

    /** A service account that is created or changed wakes the Registries that attach their secret to its name. */
    private InformerEventSource<ServiceAccount, Registry> serviceAccounts() {
        var configuration = CompactEventSource.informers(ServiceAccount.class, SlimObjects.serviceAccounts(), context)
                .withName(SERVICE_ACCOUNTS)
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

    /** The Registries under a key of an index. A Registry whose spec cannot be read is in no index. */
    private Set<ResourceID> registries(String index, String key) {
        return context.getPrimaryCache().byIndex(index, key).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
