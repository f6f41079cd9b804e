package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** How much may be stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "string(self.size).matches('" + ByteQuantity.GRAMMAR + "')",
        fieldPath = ".size",
        message = "a size is a positive quantity, such as 100Gi")
public record Quota(
        @Required
        @JsonPropertyDescription("How much all images together may take, such as 100Gi. Berth refuses to store more.")
        Quantity size) {
    public Quota {
        ByteQuantity.check(size);
    }

    /** The size as a number of bytes. */
    public long bytes() {
        return size.getNumericalAmount().longValue();
    }
}
