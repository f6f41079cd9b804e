package dev.berth.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The name under which the operator applies objects (Kubernetes documentation, "Server-Side Apply"). */
public final class FieldManager {
    public static final String NAME = "berth-operator";

    private FieldManager() {}

    /** Whether the operator has applied this object, even if its labels were removed. */
    public static boolean hasApplied(HasMetadata object) {
        var fields = object.getMetadata().getManagedFields();
        return fields != null
                && fields.stream()
                        .anyMatch(entry -> NAME.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
    }
}
