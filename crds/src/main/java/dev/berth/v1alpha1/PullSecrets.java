package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the generated secret for pulling goes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PullSecrets(
        @Nullable
        @JsonPropertyDescription(
                "Namespaces that get the secret <name>-pull, besides the registry's own, for as long as they are"
                        + " selected.")
        NamespaceSelection namespaces,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Service accounts, in each of these namespaces and the registry's own, that get the secret among their"
                        + " imagePullSecrets, such as default. Pods made from then on pull without naming it. Absent: none.")
        List<@Size(min = 1, max = 253) @Pattern(ObjectName.GRAMMAR) String> attachToServiceAccounts) {

    public static final PullSecrets DEFAULT = new PullSecrets(null, List.of());

    public PullSecrets {
        attachToServiceAccounts = attachToServiceAccounts == null ? List.of() : List.copyOf(attachToServiceAccounts);
    }

    /** Namespaces by name or by label. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.names) != has(self.selector)",
            message = "select namespaces by exactly one of names and selector")
    public record NamespaceSelection(
            @Size(max = 256)
            @JsonPropertyDescription("Namespaces by name. One that doesn't exist yet gets its secret later.")
            List<@Size(min = 1, max = 63) @Pattern(ObjectName.GRAMMAR) String> names,

            @Nullable
            @JsonPropertyDescription("Namespaces by label, now and later; an empty selector selects every namespace.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            LabelSelector selector) {

        public NamespaceSelection {
            names = names == null ? List.of() : List.copyOf(names);
        }
    }
}
