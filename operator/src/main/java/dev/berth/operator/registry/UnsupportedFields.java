package dev.berth.operator.registry;

import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.RegistrySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Fields that the API has and this version doesn't serve. Better to say so than to leave them out in silence. */
final class UnsupportedFields {

    private static final Map<String, Predicate<RegistrySpec>> FIELDS = fields();

    private UnsupportedFields() {}

    /** The first field of the spec that isn't served. */
    static Optional<String> find(RegistrySpec spec) {
        return FIELDS.entrySet().stream()
                .filter(field -> field.getValue().test(spec))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, Predicate<RegistrySpec>> fields() {
        var fields = new LinkedHashMap<String, Predicate<RegistrySpec>>();
        fields.put("spec.storage.s3", spec -> spec.storage().s3() != null);
        fields.put(
                "spec.metadata.postgresql",
                spec -> spec.metadata() != null && spec.metadata().postgresql() != null);
        fields.put("spec.replicas above 1", spec -> spec.replicas() > 1);
        fields.put("spec.exposure.type Ingress", spec -> spec.exposure().type() == Exposure.Type.Ingress);
        fields.put("spec.exposure.type Gateway", spec -> spec.exposure().type() == Exposure.Type.Gateway);
        fields.put("spec.retention", spec -> spec.retention() != null);
        fields.put("spec.quota", spec -> spec.quota() != null);
        fields.put("spec.nodes.selector", spec -> !spec.nodes().selector().isEmpty());
        fields.put("spec.nodes.preload", spec -> !spec.nodes().preload().isEmpty());
        return fields;
    }
}
