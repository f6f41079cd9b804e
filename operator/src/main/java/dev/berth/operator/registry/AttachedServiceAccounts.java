package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Deleter;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import java.util.HashSet;
import java.util.List;

/**
 * The pull secret among the `imagePullSecrets` of service accounts, where the spec asks for that. The accounts are other
 * people's: one entry is applied, and taken back, and nothing else is touched. Each registry applies under a field manager
 * of its own, since two may be attached to one account and server-side apply takes away what a manager no longer says.
 */
public final class AttachedServiceAccounts implements DependentResource<ServiceAccount, Registry>, Deleter<Registry> {

    private static final String MANAGER = FieldManager.NAME + ":";

    @Override
    public Class<ServiceAccount> resourceType() {
        return ServiceAccount.class;
    }

    @Override
    public ReconcileResult<ServiceAccount> reconcile(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var pullSecrets = registry.getSpec().pullSecrets();
        var namespaces = new HashSet<>(PullNamespaces.of(registry, context).selected());
        namespaces.add(names.namespace());
        for (var account : Watches.all(ServiceAccount.class, Watches.SERVICE_ACCOUNTS, context)) {
            var metadata = account.getMetadata();
            var wanted = pullSecrets.attachToServiceAccounts().contains(metadata.getName())
                    && namespaces.contains(metadata.getNamespace());
            attach(account, names, wanted, context);
        }
        return ReconcileResult.noOperation(null);
    }

    @Override
    public void delete(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        Watches.all(ServiceAccount.class, Watches.SERVICE_ACCOUNTS, context)
                .forEach(account -> attach(account, names, false, context));
    }

    private static void attach(ServiceAccount account, RegistryNames names, boolean wanted, Context<Registry> context) {
        if (isAttached(account, names) == wanted || account.isMarkedForDeletion()) {
            return;
        }
        var apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager(names))
                .withForce(true)
                .build();
        context.getClient()
                .resource(of(account, wanted ? List.of(names.pullSecret()) : List.of()))
                .patch(apply);
    }

    /** By us, that is: an entry that a user wrote stays that user's. */
    static boolean isAttached(ServiceAccount account, RegistryNames names) {
        return account.getMetadata().getManagedFields().stream()
                        .map(ManagedFieldsEntry::getManager)
                        .anyMatch(manager(names)::equals)
                && account.getImagePullSecrets().stream()
                        .anyMatch(secret -> names.pullSecret().equals(secret.getName()));
    }

    static ServiceAccount of(ServiceAccount account, List<String> secrets) {
        var builder = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(account.getMetadata().getName())
                .withNamespace(account.getMetadata().getNamespace())
                .withUid(account.getMetadata().getUid())
                .endMetadata();
        secrets.forEach(builder::addNewImagePullSecret);
        return builder.build();
    }

    private static String manager(RegistryNames names) {
        return MANAGER + names.qualified();
    }
}
