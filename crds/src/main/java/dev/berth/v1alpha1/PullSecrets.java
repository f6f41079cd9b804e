package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which namespaces get the generated pull secret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PullSecrets(
        @Nullable
        @JsonPropertyDescription(
                "Namespaces, besides the Registry's own, that get the Secret <name>-pull for as long as"
                        + " they are selected.")
        NamespaceSelection namespaces,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Service accounts, such as default, in each of these namespaces and the Registry's own, to"
                        + " whose imagePullSecrets the Secret is added. Pods created after that pull without naming"
                        + " it. Absent: none.")
        List<@Size(min = 1, max = 253) @Pattern(ObjectName.GRAMMAR) String> attachToServiceAccounts,

        @Nullable
        @JsonPropertyDescription(
                "How often the passwords in pull secrets are replaced. Absent: only when somebody asks for it by the"
                        + " annotation berth.dev/rotate-credentials.")
        Rotation rotation) {
    public static final PullSecrets DEFAULT = new PullSecrets(null, List.of(), null);

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
            @JsonPropertyDescription(
                    "Namespaces by name. One that does not exist yet gets the Secret when it is created.")
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
