package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How clients reach the registry. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.nodePort) || self.type == 'NodePort'",
        fieldPath = ".nodePort",
        message = "nodePort is only allowed with type NodePort")
@ValidationRule(
        value = "!has(self.ingressClassName) || self.type == 'Ingress'",
        fieldPath = ".ingressClassName",
        message = "ingressClassName is only allowed with type Ingress")
@ValidationRule(
        value = "has(self.gatewayRef) == (self.type == 'Gateway')",
        fieldPath = ".gatewayRef",
        message = "gatewayRef is required with type Gateway and only allowed with it")
public record Exposure(
        @Default("ClusterIP")
        @JsonPropertyDescription("ClusterIP: reachable from inside the cluster. NodePort and LoadBalancer: also from"
                + " outside. Ingress and Gateway: through an Ingress or a Gateway of the cluster, by spec.hostnames.")
        Type type,

        @Nullable
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription("The port on every node, with type NodePort. Absent: Kubernetes chooses one.")
        Integer nodePort,

        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(ObjectName.GRAMMAR)
        @JsonPropertyDescription("The IngressClass, with type Ingress. Absent: the cluster's default class.")
        String ingressClassName,

        @Nullable @JsonPropertyDescription("The Gateway that a route is attached to, with type Gateway.")
        GatewayReference gatewayRef,

        @JsonPropertyDescription(
                "Annotations to add to the Service for clients outside the cluster and to the Ingress or route, for load"
                        + " balancers and controllers.")
        Map<String, String> annotations) {
    public static final Exposure DEFAULT = new Exposure(Type.CLUSTER_IP, null, null, null, Map.of());

    public Exposure {
        type = type == null ? Type.CLUSTER_IP : type;
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }

    /** The kinds of entrance. */
    public enum Type {
        @JsonProperty("ClusterIP")
        CLUSTER_IP,

        @JsonProperty("NodePort")
        NODE_PORT,

        @JsonProperty("LoadBalancer")
        LOAD_BALANCER,

        @JsonProperty("Ingress")
        INGRESS,

        @JsonProperty("Gateway")
        GATEWAY
    }

    /** A Gateway of the Gateway API. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record GatewayReference(
            @Required
            @Size(min = 1, max = 253)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Name of the Gateway.")
            String name,

            @Nullable
            @Size(min = 1, max = 63)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Namespace of the Gateway. Absent: the registry's own.")
            String namespace) {
        public GatewayReference {
            Objects.requireNonNull(name, "name");
        }
    }
}
