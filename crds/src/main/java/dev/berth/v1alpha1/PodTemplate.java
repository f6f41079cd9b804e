package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user may add to the server's pod. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodTemplate(
        @JsonPropertyDescription("Labels to add to the pod.")
        Map<String, String> labels,

        @JsonPropertyDescription("Annotations to add to the pod.")
        Map<String, String> annotations,

        @JsonPropertyDescription("Requests and limits of the server's container. Absent values have Berth's defaults:"
                + " requests of 100m CPU and 128Mi memory, and a limit of 512Mi memory.")
        Resources resources,

        @JsonPropertyDescription("Labels of the nodes that the pod may run on.")
        Map<String, String> nodeSelector,

        @Size(max = 64) @JsonPropertyDescription("Taints that the pod tolerates.")
        List<Toleration> tolerations,

        @Nullable @JsonPropertyDescription("The affinity of the pod to nodes and to other pods.")
        Affinity affinity,

        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(ObjectName.GRAMMAR)
        @JsonPropertyDescription("The pod's PriorityClass.")
        String priorityClassName,

        @Size(max = 16)
        @JsonPropertyDescription(
                "How the pod is spread over zones and nodes. A constraint without labelSelector counts the pods of this"
                        + " Registry.")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Secrets of type kubernetes.io/dockerconfigjson with which nodes pull the server's own image.")
        List<SecretReference> imagePullSecrets,

        @Size(max = 64)
        @JsonPropertyDescription("Environment variables of the server, such as HTTPS_PROXY for mirrors.")
        List<EnvironmentVariable> env) {
    private static final Resources NO_RESOURCES = new Resources(Map.of(), Map.of());

    public static final PodTemplate DEFAULT = new PodTemplate(
            Map.of(), Map.of(), NO_RESOURCES, Map.of(), List.of(), null, null, List.of(), List.of(), List.of());

    public PodTemplate {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        resources = resources == null ? NO_RESOURCES : resources;
        nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        topologySpreadConstraints =
                topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        env = env == null ? List.of() : List.copyOf(env);
    }

    /** An environment variable of the server. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value =
                    "!self.name.matches('^(BERTH_|LD_|JDK_JAVA_OPTIONS$|JAVA_TOOL_OPTIONS$|_JAVA_OPTIONS$|CLASSPATH$)')",
            fieldPath = ".name",
            message =
                    "this variable changes how the server itself runs; set memory by resources, and everything else by"
                            + " the fields of the spec")
    public record EnvironmentVariable(
            @Required
            @Size(min = 1, max = 253)
            @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
            @JsonPropertyDescription("Name of the variable.")
            String name,

            @Nullable @Size(max = 4096) @JsonPropertyDescription("Its value. Absent: an empty text.")
            String value) {
        public EnvironmentVariable {
            Objects.requireNonNull(name, "name");
        }
    }

    /** Requests and limits of a container, by the name of the resource, such as `memory`. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Resources(
            @JsonPropertyDescription("The requests of the container, such as `memory: 256Mi`.")
            Map<String, Quantity> requests,

            @JsonPropertyDescription("The limits of the container, such as `memory: 1Gi`.")
            Map<String, Quantity> limits) {
        public Resources {
            requests = requests == null ? Map.of() : Map.copyOf(requests);
            limits = limits == null ? Map.of() : Map.copyOf(limits);
        }
    }
}
