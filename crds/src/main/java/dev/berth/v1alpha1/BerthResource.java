package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A custom resource of Berth. A spec or a status that this version cannot read never fails the reading of the whole object, since one list
 * holds the objects of all namespaces. Such a spec is null, and {@link #specFault()} says why; such a status is null and is written again.
 *
 * @param <S> the spec
 * @param <T> the status
 */
public abstract sealed class BerthResource<S, T extends ConditionedStatus> extends CustomResource<S, T>
        implements Namespaced permits Registry, ImageMirror {
    @JsonIgnore
    private final transient Class<S> specType;

    @JsonIgnore
    private final transient Class<T> statusType;

    @JsonIgnore
    private transient @Nullable String specFault;

    BerthResource(Class<S> specType, Class<T> statusType) {
        this.specType = specType;
        this.statusType = statusType;
    }

    /** Reads `spec` from JSON. Jackson calls this. */
    @JsonSetter("spec")
    void readSpec(@Nullable JsonNode json) {
        var reading = SpecReading.of("spec", json, specType);
        setSpec(reading.value());
        specFault = reading.fault();
    }

    /** Reads `status` from JSON. Jackson calls this. */
    @JsonSetter("status")
    void readStatus(@Nullable JsonNode json) {
        setStatus(SpecReading.of("status", json, statusType).value());
    }

    /** Why {@code getSpec()} is null, as a sentence for the owner of the object; empty when there is a spec. */
    public Optional<String> specFault() {
        if (getSpec() != null) {
            return Optional.empty();
        }
        return Optional.of(specFault == null ? "spec is missing" : specFault);
    }

    /** Sets the fault on a copy of the object: a copy is made through JSON, which does not hold the fault. */
    public void specFault(Optional<String> fault) {
        specFault = fault.orElse(null);
    }
}
