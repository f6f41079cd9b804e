package dev.berth.v1alpha1;

import java.util.List;
import java.util.Optional;

/** A status with conditions (Kubernetes API conventions, "Typical status properties"). */
public interface ConditionedStatus {
    List<Condition> conditions();

    /** The condition of a type; empty when the status has none of that type. */
    default Optional<Condition> condition(String type) {
        return conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
