package dev.berth.operator.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Deleter;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import java.util.HashSet;

/**
 * The pull secret among the `imagePullSecrets` of service accounts, where the spec asks for that. The accounts are other
 * people's: one entry is added, and taken out again. To server-side apply, and to every merge, that list is one value; so
 * it is written as a whole, on the version that was read. An annotation tells Berth's entries from those of users.
 */
public final class AttachedServiceAccounts implements DependentResource<ServiceAccount, Registry>, Deleter<Registry> {

    private static final String ANNOTATION = "attached.berth.dev/";

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
        if (account.isMarkedForDeletion() || isSettled(account, names, wanted)) {
            return;
        }
        var merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FieldManager.NAME)
                .build();
        context.getClient()
                .serviceAccounts()
                .inNamespace(account.getMetadata().getNamespace())
                .withName(account.getMetadata().getName())
                .patch(merge, wanted ? attached(account, names) : detached(account, names));
    }

    static boolean isSettled(ServiceAccount account, RegistryNames names, boolean wanted) {
        var ours = account.getMetadata().getAnnotations().containsKey(annotation(names));
        var there = account.getImagePullSecrets().stream()
                .anyMatch(secret -> names.pullSecret().equals(secret.getName()));
        return wanted ? ours && there : !ours;
    }

    static String attached(ServiceAccount account, RegistryNames names) {
        var patch = patch(account);
        patch.withObject("/metadata/annotations").put(annotation(names), names.pullSecret());
        others(account, names, patch.putArray("imagePullSecrets")).addObject().put("name", names.pullSecret());
        return patch.toString();
    }

    static String detached(ServiceAccount account, RegistryNames names) {
        var patch = patch(account);
        patch.withObject("/metadata/annotations").putNull(annotation(names));
        others(account, names, patch.putArray("imagePullSecrets"));
        return patch.toString();
    }

    private static ArrayNode others(ServiceAccount account, RegistryNames names, ArrayNode entries) {
        account.getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .filter(name -> !name.equals(names.pullSecret()))
                .forEach(name -> entries.addObject().put("name", name));
        return entries;
    }

    /** The version makes sure that nothing that somebody else has added meanwhile is lost. */
    private static ObjectNode patch(ServiceAccount account) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("resourceVersion", account.getMetadata().getResourceVersion());
        return patch;
    }

    private static String annotation(RegistryNames names) {
        return ANNOTATION + RegistryLabels.value(names.qualified());
    }
}
