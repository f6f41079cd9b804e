package dev.berth.operator.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The finalizer that Registries had before Berth did without one. It is taken off, or a Registry with it could never be deleted. */
final class OldFinalizer {

    static final String NAME = "berth.dev/registry-elsewhere";

    private OldFinalizer() {}

    static boolean isOn(HasMetadata registry) {
        return registry.getMetadata().getFinalizers() != null
                && registry.getMetadata().getFinalizers().contains(NAME);
    }

    /** Takes it off the version that was looked at. @throws io.fabric8.kubernetes.client.KubernetesClientException if there is a newer one */
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
