package dev.berth.operator.naming;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** The labels of a Registry's objects (Kubernetes documentation, "Recommended Labels"). */
public final class RegistryLabels {
    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The label of objects in other namespaces. Its value is {@link RegistryNames#qualified}, shortened by {@link #value}. */
    public static final String REGISTRY = "berth.dev/registry";

    /** A selector for all objects that the operator made. */
    public static final String MANAGED = MANAGED_BY + "=berth";

    private RegistryLabels() {}

    /** The labels of every object of a Registry, including its Pod. */
    public static Map<String, String> of(RegistryNames names) {
        return Map.of(NAME, "berth-registry", INSTANCE, names.name(), MANAGED_BY, "berth");
    }

    /** The metadata of an object in the Registry's namespace. */
    public static ObjectMeta metadata(RegistryNames names, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(names.namespace())
                .withLabels(of(names))
                .build();
    }

    /** The same with annotations. */
    public static ObjectMeta metadata(RegistryNames names, String name, Map<String, String> annotations) {
        return new ObjectMetaBuilder(metadata(names, name))
                .withAnnotations(annotations)
                .build();
    }

    /** The labels by which the Service, the StatefulSet and the NetworkPolicy select the Pod. A StatefulSet's selector cannot change. */
    public static Map<String, String> selector(RegistryNames names) {
        return Map.of(NAME, "berth-registry", INSTANCE, names.name());
    }

    /** Shortens a text to the 63 characters that a label's value may have. A shortened text ends in a hash. */
    public static String value(String text) {
        return text.length() <= 63 ? text : "%.54s-%08x".formatted(text, text.hashCode());
    }
}
