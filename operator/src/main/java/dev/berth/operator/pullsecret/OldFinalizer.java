package dev.berth.operator.pullsecret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The finalizer that earlier versions of Berth set on Registries. Without its removal such a Registry could never be deleted. */
final class OldFinalizer {
    static final String NAME = "berth.dev/registry-elsewhere";

    private OldFinalizer() {}

    static boolean isOn(HasMetadata registry) {
        return registry.getMetadata().getFinalizers() != null
                && registry.getMetadata().getFinalizers().contains(NAME);
    }

    /**
     * Removes the finalizer from the version that was read.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if there is a newer version
     */
    static void takeOff(HasMetadata registry, KubernetesClient client) {
        var metadata = registry.getMetadata();
        var patch = JsonNodeFactory.instance.objectNode();
        var changed = patch.putObject("metadata").put("resourceVersion", metadata.getResourceVersion());
        var others = changed.putArray("finalizers");
        metadata.getFinalizers().stream()
                .filter(finalizer -> !NAME.equals(finalizer))
                .forEach(others::add);
        client.resource(registry).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }
}
