package dev.berth.operator.pullsecret;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.WakingEventSource;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a deleted Registry has left in other namespaces: copies of its pull secret and its authority, and its entries in service accounts. There is
 * no finalizer, so the deletion of a Registry never waits for the operator. Registries that were deleted while no operator ran are found
 * by a look at all copies after the start and every ten minutes.
 *
 * <p>Only objects with Berth's marks are changed, and only after the API server has said that the Registry does not exist.
 */
final class Leftovers extends WakingEventSource<Registry> implements ResourceEventAware<Registry> {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(20);
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final Cache<Registry> registries;
    private final List<InformerEventSource<? extends HasMetadata, Registry>> made;
    private final InformerEventSource<ServiceAccount, Registry> accounts;
    private final WatchedNamespaces watched;
    private final BooleanSupplier leading;
    private final Fence fence;

    Leftovers(
            EventSourceContext<Registry> context,
            WatchedNamespaces watched,
            List<InformerEventSource<? extends HasMetadata, Registry>> made,
            InformerEventSource<ServiceAccount, Registry> accounts,
            BooleanSupplier leading,
            Fence fence) {
        super("leftovers");
        this.client = context.getClient();
        this.registries = context.getPrimaryCache();
        this.watched = watched;
        this.made = made;
        this.accounts = accounts;
        this.leading = leading;
        this.fence = fence;
    }

    @Override
    public void start() {
        super.start();
        repeat(this::lookAround, FIRST_LOOK, LOOKS_EVERY);
    }

    /** Registries of an earlier version of Berth have a finalizer that has no use any more. */
    @Override
    public void onResourceUpdated(Registry now, Registry before) {
        if (isRunning() && OldFinalizer.isOn(now)) {
            execute(() -> fence.run(name(), "finalizer", () -> takeOffFinalizer(now)));
        }
    }

    private void takeOffFinalizer(Registry registry) {
        if (leading.getAsBoolean()) {
            OldFinalizer.takeOff(registry, client);
        }
    }

    @Override
    public void onResourceDeleted(Registry registry) {
        if (isRunning()) {
            execute(() -> takeBack(ResourceID.fromResource(registry)));
        }
    }

    private void lookAround() {
        fence.run(name(), "the cluster", () -> {
            registries.list(OldFinalizer::isOn).forEach(this::takeOffFinalizer);
            var known = registries.keys().collect(Collectors.toSet());
            var gone = copies().flatMap(copy -> Ownership.stated(copy).stream()).collect(Collectors.toSet());
            accounts.list()
                    .flatMap(account -> AttachedServiceAccounts.annotationsOf(account).stream())
                    .flatMap(annotation -> AttachedServiceAccounts.registryOf(annotation).stream())
                    .forEach(gone::add);
            gone.stream().filter(id -> !known.contains(id)).forEach(this::takeBack);
        });
    }

    private void takeBack(ResourceID id) {
        fence.run(name(), id, () -> {
            var names = new RegistryNames(id.getNamespace().orElseThrow(), id.getName());
            if (!leading.getAsBoolean() || !watched.contain(names.namespace()) || isThere(names)) {
                return; // whether a Registry of another namespace exists, a limited operator cannot tell
            }
            copies().filter(copy -> Copies.isCopyOf(names, copy))
                    .forEach(copy -> fence.run(name(), id, () -> delete(copy)));
            for (var account :
                    accounts.byIndex(AttachedServiceAccounts.INDEX, AttachedServiceAccounts.annotation(names))) {
                fence.run(name(), id, () -> AttachedServiceAccounts.detach(account, names, client));
            }
        });
    }

    private Stream<? extends HasMetadata> copies() {
        return made.stream()
                .flatMap(informer -> informer.byIndex(PullSecretWatches.COPIES, PullSecretWatches.COPIES).stream());
    }

    private boolean isThere(RegistryNames names) {
        return Optional.ofNullable(client.resources(Registry.class)
                        .inNamespace(names.namespace())
                        .withName(names.name())
                        .get())
                .isPresent();
    }

    private void delete(HasMetadata copy) {
        client.resource(copy).delete();
        LOG.info(
                "deleted the {} {}/{} of a Registry that was deleted",
                copy.getKind(),
                copy.getMetadata().getNamespace(),
                copy.getMetadata().getName());
    }
}
