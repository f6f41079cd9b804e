package dev.berth.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.junit.jupiter.api.Test;

/** The desired Services and NetworkPolicy, compared with YAML files. */
final class NetworkChildrenTest {
    private static final Registry REGISTRY = Expected.registry();
    private static final RegistryNames NAMES = RegistryNames.of(Expected.registry());

    @Test
    void the_service() {
        Expected.holds("service.yaml", () -> RegistryService.of(REGISTRY));
    }

    @Test
    void what_is_exposed_has_a_service_and_a_port_of_its_own_and_the_inner_one_stays_as_it_is() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                exposure: {type: LoadBalancer}
                """);
        assertThat(RegistryService.of(registry).getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(ExternalService.of(registry).getSpec().getPorts().getFirst().getTargetPort())
                .isEqualTo(new IntOrString(5443));
        assertThat(RegistryNetworkPolicy.of(NAMES, "berth-system", true)
                        .getSpec()
                        .getIngress())
                .hasSize(3);
    }

    @Test
    void a_node_port_is_asked_for_by_number() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                exposure: {type: NodePort, nodePort: 30443, annotations: {example.com/lb: internal}}
                """);
        var service = ExternalService.of(registry);
        assertThat(service.getSpec().getType()).isEqualTo("NodePort");
        assertThat(service.getSpec().getPorts().getFirst().getNodePort()).isEqualTo(30443);
        assertThat(service.getMetadata().getAnnotations()).containsEntry("example.com/lb", "internal");
    }

    @Test
    void a_load_balancer_gets_the_policy_and_the_addresses_that_may_connect() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                exposure:
                  type: LoadBalancer
                  externalTrafficPolicy: Local
                  loadBalancerSourceRanges: [203.0.113.0/24, "2001:db8::/32"]
                """);
        var spec = ExternalService.of(registry).getSpec();
        assertThat(spec.getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(spec.getLoadBalancerSourceRanges()).containsExactly("203.0.113.0/24", "2001:db8::/32");
    }

    @Test
    void an_ingress_leads_by_every_hostname_to_the_service_for_clients_from_outside() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com, images.example.com]
                exposure: {type: Ingress, ingressClassName: public, annotations: {example.com/timeout: 15m}}
                """);
        Expected.holds("ingress.yaml", () -> RegistryIngress.of(registry));
        assertThat(ExternalService.of(registry).getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(ExternalService.of(registry).getMetadata().getAnnotations())
                .containsEntry("example.com/timeout", "15m");
    }

    @Test
    void a_gateway_is_led_to_the_service_for_clients_from_outside_by_an_http_route() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com]
                exposure:
                  type: Gateway
                  gatewayRef: {name: front, namespace: infra, sectionName: https}
                  annotations: {example.com/a: b}
                """);
        Expected.holds("http-route.yaml", () -> RegistryHttpRoute.of(registry));
        assertThat(ExternalService.of(registry).getSpec().getType()).isEqualTo("ClusterIP");
    }

    @Test
    void a_gateway_passes_connections_on_by_a_tls_route() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com]
                exposure: {type: Gateway, gatewayRef: {name: front}, route: TLS}
                """);
        Expected.holds("tls-route.yaml", () -> RegistryTlsRoute.of(registry));
    }

    @Test
    void an_ingress_shows_the_certificate_that_the_spec_gives() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com]
                tls: {secretRef: {name: own-certificate}}
                exposure: {type: Ingress}
                """);
        assertThat(RegistryIngress.of(registry).getSpec().getTls().getFirst().getSecretName())
                .isEqualTo("own-certificate");
    }

    @Test
    void the_network_policy() {
        Expected.holds("network-policy.yaml", () -> RegistryNetworkPolicy.of(NAMES, "berth-system", false));
    }
}
