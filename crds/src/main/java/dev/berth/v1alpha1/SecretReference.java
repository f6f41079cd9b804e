package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** A Secret by its name, in the namespace of the object that names it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(ObjectName.GRAMMAR)
        @JsonPropertyDescription("Name of the Secret, in the same namespace.")
        String name) {
    public SecretReference {
        Objects.requireNonNull(name, "name");
    }
}
