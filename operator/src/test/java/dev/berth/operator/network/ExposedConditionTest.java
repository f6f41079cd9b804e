package dev.berth.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.condition.Finding;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the condition `Exposed` says of each entrance. */
final class ExposedConditionTest {
    private static final String HOSTS =
            "storage: {persistentVolumeClaim: {size: 1Gi}}\nhostnames: [registry.example.com]\nexposure: {type: ";

    @Test
    void a_registry_for_the_cluster_alone_has_no_such_condition() {
        assertThat(ExposedCondition.of(
                        Expected.registryOf(HOSTS + "ClusterIP}"), Optional.empty(), Optional.<Ingress>empty()))
                .isEmpty();
    }

    @Test
    void a_node_port_is_named() {
        var open = ExternalAddressesTest.service("NodePort", 30443);
        assertThat(finding("NodePort", Optional.of(open)))
                .isEqualTo(Finding.holds("Exposed", "NodePortOpen", "port 30443 of every node leads to the registry"));
        assertThat(finding("NodePort", Optional.empty()).reason()).isEqualTo("AddressPending");
    }

    @Test
    void a_load_balancer_without_an_address_is_pending_and_the_message_has_the_command() {
        var pending = ExternalAddressesTest.service("LoadBalancer", 30443);
        assertThat(finding("LoadBalancer", Optional.of(pending)))
                .isEqualTo(Finding.fails(
                        "Exposed",
                        "AddressPending",
                        "no load balancer has an address for the Service apps-external yet; to see why: kubectl -n"
                                + " team-a describe service apps-external"));
        var assigned = ExternalAddressesTest.service("LoadBalancer", 30443, ExternalAddressesTest.ip("203.0.113.7"));
        assertThat(finding("LoadBalancer", Optional.of(assigned)))
                .isEqualTo(
                        Finding.holds("Exposed", "AddressAssigned", "the load balancer has the address 203.0.113.7"));
    }

    @Test
    void an_ingress_without_an_address_may_still_be_served() {
        assertThat(ingress(new IngressBuilder().build()).status().name()).isEqualTo("UNKNOWN");
        var served = new IngressBuilder()
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withHostname("lb.example.net")
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
        assertThat(ingress(served))
                .isEqualTo(Finding.holds("Exposed", "AddressAssigned", "the Ingress has the address lb.example.net"));
    }

    private static Finding finding(String type, Optional<Service> external) {
        return ExposedCondition.of(Expected.registryOf(HOSTS + type + "}"), external, Optional.empty())
                .orElseThrow();
    }

    private static Finding ingress(Ingress ingress) {
        return ExposedCondition.of(Expected.registryOf(HOSTS + "Ingress}"), Optional.empty(), Optional.of(ingress))
                .orElseThrow();
    }
}
