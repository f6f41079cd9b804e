package dev.berth.operator.registry;

import java.util.Map;

/** The labels by which a registry's objects are found again (Kubernetes documentation, "Recommended Labels"). */
public final class RegistryLabels {

    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Set on what lives in other namespaces; its value is {@link RegistryNames#qualified}, cut to fit. */
    public static final String REGISTRY = "berth.dev/registry";

    /** Selects whatever the operator made, and nothing else. */
    public static final String MANAGED = MANAGED_BY + "=berth";

    private RegistryLabels() {}

    /** On every object of a registry, its pods included. */
    public static Map<String, String> of(RegistryNames names) {
        return Map.of(NAME, "berth-registry", INSTANCE, names.name(), MANAGED_BY, "berth");
    }

    /** What the Service, the StatefulSet and the NetworkPolicy select pods by; it can't change for as long as they live. */
    public static Map<String, String> selector(RegistryNames names) {
        return Map.of(NAME, "berth-registry", INSTANCE, names.name());
    }

    /** A text as a label's value: long ones end in a hash, since 63 characters is all there is room for. */
    static String value(String text) {
        return text.length() <= 63 ? text : "%.54s-%08x".formatted(text, text.hashCode());
    }
}
