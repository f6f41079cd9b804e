package dev.berth.operator.registry;

import dev.berth.v1alpha1.RegistrySpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The fields of the API that this version does not support. A Registry that uses one is refused, so that none is ignored silently. */
final class UnsupportedFields {
    private static final Map<String, Predicate<RegistrySpec>> FIELDS = fields();

    private UnsupportedFields() {}

    /** The names of all of them, some with the values that are not supported: `spec.replicas above 1`. */
    static Set<String> names() {
        return Collections.unmodifiableSet(FIELDS.keySet());
    }

    /** The first unsupported field that a spec uses. */
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
        fields.put("spec.retention", spec -> spec.retention() != null);
        return fields;
    }
}
