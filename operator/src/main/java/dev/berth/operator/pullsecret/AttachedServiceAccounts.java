package dev.berth.operator.pullsecret;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.ApiRefusal;
import dev.berth.operator.resource.FieldManager;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Adds the pull secret to the `imagePullSecrets` of the service accounts that the spec names, and removes it again.
 * The service accounts belong to others. Server-side apply and merge patches replace that list as a whole, so it is
 * written as a whole with the resource version that was read. An annotation tells Berth's entries from those of
 * users.
 */
public final class AttachedServiceAccounts implements DependentResource<ServiceAccount, Registry> {
    /** The index of service accounts by the annotations of the Registries that are attached to them. */
    static final String INDEX = "attached";

    private static final String ANNOTATION = "attached.berth.dev/";

    /** {@link RegistryLabels#value} shortens longer names. */
    private static final int LONGEST_WHOLE = 62;

    @Override
    public Class<ServiceAccount> resourceType() {
        return ServiceAccount.class;
    }

    @Override
    public ReconcileResult<ServiceAccount> reconcile(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var accounts = PullSecretWatches.serviceAccounts(context);
        var wanted = wanted(registry, context);
        for (var id : wanted) {
            accounts.get(id).ifPresent(account -> attach(account, names, true, context));
        }
        for (var account : accounts.byIndex(INDEX, annotation(names))) {
            if (!wanted.contains(ResourceID.fromResource(account))) {
                attach(account, names, false, context);
            }
        }
        return ReconcileResult.noOperation(null);
    }

    /** The service accounts, as `namespace/name`, that the spec selects and that do not exist. */
    static Set<String> lacking(Registry registry, Context<Registry> context) {
        var accounts = PullSecretWatches.serviceAccounts(context);
        return wanted(registry, context).stream()
                .filter(id -> accounts.get(id).isEmpty())
                .map(id -> id.getNamespace().orElseThrow() + "/" + id.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<ResourceID> wanted(Registry registry, Context<Registry> context) {
        var attached = registry.getSpec().pullSecrets().attachToServiceAccounts();
        if (attached.isEmpty()) {
            return Set.of();
        }
        var namespaces = new HashSet<>(PullNamespaces.of(registry, context).selected());
        namespaces.add(registry.getMetadata().getNamespace());
        return namespaces.stream()
                .flatMap(namespace -> attached.stream().map(account -> new ResourceID(account, namespace)))
                .collect(Collectors.toSet());
    }

    private static void attach(ServiceAccount account, RegistryNames names, boolean wanted, Context<Registry> context) {
        if (account.isMarkedForDeletion() || isSettled(account, names, wanted)) {
            return;
        }
        try {
            patch(account, wanted ? attached(account, names) : detached(account, names), context.getClient());
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == 0 || refusal.getCode() == HTTP_CONFLICT) {
                throw refusal; // the next attempt reads the service account again
            }
            RefusedCopies.in(context).account(text(account), ApiRefusal.words(refusal));
        }
    }

    /**
     * Removes the entry of a Registry from a service account.
     *
     * @throws KubernetesClientException if the API server refuses
     */
    static void detach(ServiceAccount account, RegistryNames names, KubernetesClient client) {
        if (!isSettled(account, names, false)) {
            try {
                patch(account, detached(account, names), client);
            } catch (KubernetesClientException refusal) {
                if (refusal.getCode() != HTTP_NOT_FOUND) {
                    throw refusal;
                }
            }
        }
    }

    private static void patch(ServiceAccount account, String patch, KubernetesClient client) {
        var merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FieldManager.NAME)
                .build();
        client.serviceAccounts()
                .inNamespace(account.getMetadata().getNamespace())
                .withName(account.getMetadata().getName())
                .patch(merge, patch);
    }

    /** The annotations of all Registries that are attached to a service account. */
    static List<String> annotationsOf(ServiceAccount account) {
        return annotations(account).keySet().stream()
                .filter(AttachedServiceAccounts::isOurs)
                .toList();
    }

    /** Whether an annotation says that a Registry is attached. */
    static boolean isOurs(String annotation) {
        return annotation.startsWith(ANNOTATION);
    }

    static boolean isSettled(ServiceAccount account, RegistryNames names, boolean wanted) {
        var ours = annotations(account).containsKey(annotation(names));
        var there =
                secrets(account).stream().anyMatch(secret -> names.pullSecret().equals(secret.getName()));
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

    static String annotation(RegistryNames names) {
        return ANNOTATION + RegistryLabels.value(names.qualified());
    }

    /** The Registry that an annotation names; empty if its name was shortened. */
    static Optional<ResourceID> registryOf(String annotation) {
        var qualified = annotation.substring(ANNOTATION.length());
        var dot = qualified.indexOf('.');
        return dot < 0 || qualified.length() > LONGEST_WHOLE
                ? Optional.empty()
                : Optional.of(new ResourceID(qualified.substring(dot + 1), qualified.substring(0, dot)));
    }

    private static ArrayNode others(ServiceAccount account, RegistryNames names, ArrayNode entries) {
        secrets(account).stream()
                .map(LocalObjectReference::getName)
                .filter(name -> !name.equals(names.pullSecret()))
                .forEach(name -> entries.addObject().put("name", name));
        return entries;
    }

    /** A patch with the resource version that was read, so that it fails if another client has changed the service account since. */
    private static ObjectNode patch(ServiceAccount account) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("resourceVersion", account.getMetadata().getResourceVersion());
        return patch;
    }

    private static Map<String, String> annotations(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static List<LocalObjectReference> secrets(ServiceAccount account) {
        var secrets = account.getImagePullSecrets();
        return secrets == null
                ? List.of()
                : secrets.stream().filter(secret -> secret.getName() != null).toList();
    }

    private static String text(ServiceAccount account) {
        return account.getMetadata().getNamespace() + "/"
                + account.getMetadata().getName();
    }
}
