package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One key of a Secret, in the namespace of the object that names it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeyReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(ObjectName.GRAMMAR)
        @JsonPropertyDescription("Name of the Secret, in the same namespace.")
        String name,

        @Nullable
        @Size(min = 1, max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @JsonPropertyDescription("Key of the Secret. Absent: the default key.")
        String key) {
    public SecretKeyReference {
        Objects.requireNonNull(name, "name");
    }
}
