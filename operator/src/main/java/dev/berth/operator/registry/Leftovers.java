package dev.berth.operator.registry;

import dev.berth.operator.fence.Fence;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what a Registry has in other namespaces once the Registry is gone: copies of its pull secret, and its entries in service
 * accounts. Without a finalizer, so that nothing ever waits for the operator; what was deleted while no operator ran is found by
 * looking, after each start and every so often.
 *
 * <p>Only what is Berth's by its own mark is touched, and only when the API server says that the Registry isn't there.
 */
final class Leftovers extends AbstractEventSource<Object, Registry> implements ResourceEventAware<Registry> {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
    private static final long FIRST_LOOK_SECONDS = 20;
    private static final long LOOK_SECONDS = 600;

    private final KubernetesClient client;
    private final Cache<Registry> registries;
    private final InformerEventSource<Secret, Registry> secrets;
    private final InformerEventSource<ServiceAccount, Registry> accounts;
    private final BooleanSupplier leading;
    private final Fence fence;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leftovers").factory());

    Leftovers(
            KubernetesClient client,
            Cache<Registry> registries,
            InformerEventSource<Secret, Registry> secrets,
            InformerEventSource<ServiceAccount, Registry> accounts,
            BooleanSupplier leading,
            Fence fence) {
        super(Object.class, "leftovers");
        this.client = client;
        this.registries = registries;
        this.secrets = secrets;
        this.accounts = accounts;
        this.leading = leading;
        this.fence = fence;
    }

    @Override
    public void start() {
        super.start();
        var _ = worker.scheduleWithFixedDelay(this::lookAround, FIRST_LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        super.stop();
        worker.shutdownNow();
    }

    @Override
    public Set<Object> getSecondaryResources(Registry registry) {
        return Set.of();
    }

    /** Registries of an earlier Berth have a finalizer, which nobody waits for any more. */
    @Override
    public void onResourceUpdated(Registry now, Registry before) {
        if (isRunning() && OldFinalizer.isOn(now)) {
            worker.execute(() -> fence.run(name(), "finalizer", () -> takeOffFinalizer(now)));
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
            worker.execute(() -> takeBack(ResourceID.fromResource(registry)));
        }
    }

    private void lookAround() {
        fence.run(name(), "the cluster", () -> {
            registries.list(OldFinalizer::isOn).forEach(this::takeOffFinalizer);
            var known = registries.keys().collect(Collectors.toSet());
            var gone = secrets.byIndex(Watches.COPIES, Watches.COPIES).stream()
                    .flatMap(copy -> Origin.of(copy).stream())
                    .collect(Collectors.toSet());
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
            if (!leading.getAsBoolean() || isThere(names)) {
                return;
            }
            for (var copy : secrets.byIndex(Watches.COPIES, Watches.COPIES)) {
                if (PullSecretCopies.isCopyOf(names, copy)) {
                    fence.run(name(), id, () -> delete(copy));
                }
            }
            for (var account :
                    accounts.byIndex(AttachedServiceAccounts.INDEX, AttachedServiceAccounts.annotation(names))) {
                fence.run(name(), id, () -> AttachedServiceAccounts.detach(account, names, client));
            }
        });
    }

    private boolean isThere(RegistryNames names) {
        return Optional.ofNullable(client.resources(Registry.class)
                        .inNamespace(names.namespace())
                        .withName(names.name())
                        .get())
                .isPresent();
    }

    private void delete(Secret copy) {
        client.resource(copy).delete();
        log.info(
                "deleted the pull secret {}/{} of a Registry that is gone",
                copy.getMetadata().getNamespace(),
                copy.getMetadata().getName());
    }
}
