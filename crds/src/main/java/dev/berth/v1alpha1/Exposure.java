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
import java.util.List;
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
        value = "!has(self.externalTrafficPolicy) || self.type in ['NodePort', 'LoadBalancer']",
        fieldPath = ".externalTrafficPolicy",
        message = "externalTrafficPolicy is only allowed with types NodePort and LoadBalancer")
@ValidationRule(
        value = "!has(self.loadBalancerSourceRanges) || self.type == 'LoadBalancer'",
        fieldPath = ".loadBalancerSourceRanges",
        message = "loadBalancerSourceRanges is only allowed with type LoadBalancer")
@ValidationRule(
        value = "!has(self.loadBalancerSourceRanges) || self.loadBalancerSourceRanges.all(range, isCIDR(range))",
        fieldPath = ".loadBalancerSourceRanges",
        message = "write each range as an address and the number of its fixed bits, such as 203.0.113.0/24")
@ValidationRule(
        value = "!has(self.trustedProxies) || self.trustedProxies.all(proxy, isIP(proxy) || isCIDR(proxy))",
        fieldPath = ".trustedProxies",
        message = "write each proxy as an address or a range, such as 10.244.1.7 or 10.244.0.0/16")
@ValidationRule(
        value = "!has(self.route) || self.type == 'Gateway'",
        fieldPath = ".route",
        message = "route is only allowed with type Gateway")
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

        @Nullable
        @JsonPropertyDescription(
                "The Gateway, with type Gateway. Its listener must allow routes from the registry's namespace.")
        GatewayReference gatewayRef,

        @Nullable
        @JsonPropertyDescription(
                "The kind of route, with type Gateway. HTTP: an HTTPRoute, the Gateway shows a certificate of its own. TLS:"
                        + " a TLSRoute, the Gateway passes connections on, and clients see the registry's certificate."
                        + " Absent: HTTP.")
        Route route,

        @Nullable
        @JsonPropertyDescription(
                "With types NodePort and LoadBalancer. Cluster: every node forwards to the server. Local: only the node"
                        + " with the server does, and the server sees the addresses of clients. Absent: Cluster.")
        TrafficPolicy externalTrafficPolicy,

        @Size(max = 64)
        @JsonPropertyDescription(
                "With type LoadBalancer: the addresses of clients that may connect, such as 203.0.113.0/24, if the load"
                        + " balancer supports it. Absent: all.")
        List<@Size(min = 1, max = 64) String> loadBalancerSourceRanges,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Addresses and ranges of proxies in front of the registry, such as 10.244.1.7 and 10.244.0.0/16. The"
                        + " server takes the address of the client from their X-Forwarded-For, to count failed logins and"
                        + " for its logs. Absent: the client is the address that connects.")
        List<@Size(min = 1, max = 64) String> trustedProxies,

        @JsonPropertyDescription(
                "Annotations to add to the Service for clients outside the cluster and to the Ingress or route, for load"
                        + " balancers and controllers.")
        Map<String, String> annotations) {
    public static final Exposure DEFAULT =
            new Exposure(Type.CLUSTER_IP, null, null, null, null, null, List.of(), List.of(), Map.of());

    public Exposure {
        type = type == null ? Type.CLUSTER_IP : type;
        loadBalancerSourceRanges = loadBalancerSourceRanges == null ? List.of() : List.copyOf(loadBalancerSourceRanges);
        trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
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

    /** The route that leads from a Gateway to this registry. */
    public Route routeOrDefault() {
        return route == null ? Route.HTTP : route;
    }

    /** The kinds of routes. */
    public enum Route {
        HTTP,
        TLS
    }

    /** Which nodes forward connections from outside to the server. */
    public enum TrafficPolicy {
        @JsonProperty("Cluster")
        CLUSTER("Cluster"),

        @JsonProperty("Local")
        LOCAL("Local");

        private final String text;

        TrafficPolicy(String text) {
            this.text = text;
        }

        /** The policy as a Service writes it. */
        public String text() {
            return text;
        }
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
            String namespace,

            @Nullable
            @Size(min = 1, max = 253)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Name of the listener of the Gateway. Absent: each that fits.")
            String sectionName) {
        public GatewayReference {
            Objects.requireNonNull(name, "name");
        }
    }
}
