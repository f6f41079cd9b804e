package dev.berth.operator.cache;

import dev.berth.v1alpha1.BerthResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/** Copies objects through JSON, together with the reason why a spec could not be read. */
public record FaultKeepingCloner(KubernetesSerialization json) implements Cloner {
    @Override
    public <R extends HasMetadata> R clone(R object) {
        var copy = json.clone(object);
        if (object instanceof BerthResource<?, ?> before && copy instanceof BerthResource<?, ?> now) {
            now.specFault(before.specFault());
        }
        return copy;
    }
}
