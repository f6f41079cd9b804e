package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** The one name under which the operator applies (Kubernetes documentation, "Server-Side Apply"). */
public final class FieldManager {

    public static final String NAME = "berth-operator";

    private FieldManager() {}

    /** Whether the operator made this, or has had a part in it: true even when its labels were taken off. */
    static boolean hasApplied(HasMetadata object) {
        var fields = object.getMetadata().getManagedFields();
        return fields != null
                && fields.stream()
                        .anyMatch(entry -> NAME.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
    }
}
