package dev.berth.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The hosts by which clients outside the cluster reach a Registry. */
final class ExternalAddressesTest {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";
    private static final String HOSTS = VOLUME + "hostnames: [registry.example.com]\n";

    @Test
    void a_hostname_is_the_address_on_port_443() {
        assertThat(addresses(HOSTS, Optional.empty())).containsExactly("registry.example.com");
        assertThat(addresses(HOSTS + "exposure: {type: Ingress}", Optional.empty()))
                .containsExactly("registry.example.com");
    }

    @Test
    void a_wildcard_and_names_of_services_are_no_addresses() {
        var spec = VOLUME + "hostnames: ['*.example.com', apps.team-b.svc, apps.team-b.svc.cluster.local]\n";
        assertThat(addresses(spec, Optional.empty())).isEmpty();
    }

    @Test
    void a_node_port_is_part_of_the_address_once_it_is_chosen() {
        var spec = HOSTS + "exposure: {type: NodePort}";
        assertThat(addresses(spec, Optional.empty())).isEmpty();
        assertThat(addresses(spec, Optional.of(service("ClusterIP", 0)))).isEmpty();
        assertThat(addresses(spec, Optional.of(service("NodePort", 30443))))
                .containsExactly("registry.example.com:30443");
    }

    @Test
    void what_a_load_balancer_got_is_an_address_too() {
        var spec = HOSTS + "exposure: {type: LoadBalancer}";
        assertThat(addresses(spec, Optional.of(service("LoadBalancer", 30443))))
                .containsExactly("registry.example.com");
        var got = service("LoadBalancer", 30443, ip("203.0.113.7"), ip("2001:db8::7"), name("lb.example.net"));
        assertThat(addresses(spec, Optional.of(got)))
                .containsExactly("registry.example.com", "203.0.113.7", "[2001:db8::7]", "lb.example.net");
        assertThat(addresses(HOSTS, Optional.of(got)))
                .as("those of an exposure that has ended")
                .containsExactly("registry.example.com");
    }

    @Test
    void a_load_balancer_with_many_addresses_does_not_fill_the_status() {
        var many = service(
                "LoadBalancer",
                30443,
                Collections.nCopies(30, 0).stream()
                        .map(_ -> ip("203.0.113." + next++))
                        .toArray(LoadBalancerIngress[]::new));
        assertThat(addresses(HOSTS + "exposure: {type: LoadBalancer}", Optional.of(many)))
                .hasSize(5);
    }

    private int next = 1;

    private static List<String> addresses(String spec, Optional<Service> external) {
        return ExternalAddresses.of(Expected.registryOf(spec), external).inImageNames();
    }

    static Service service(String type, int nodePort, LoadBalancerIngress... assigned) {
        return new ServiceBuilder()
                .withNewSpec()
                .withType(type)
                .addNewPort()
                .withPort(443)
                .withNodePort(nodePort == 0 ? null : nodePort)
                .endPort()
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .withIngress(assigned)
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    static LoadBalancerIngress ip(String address) {
        return new LoadBalancerIngressBuilder().withIp(address).build();
    }

    private static LoadBalancerIngress name(String hostname) {
        return new LoadBalancerIngressBuilder().withHostname(hostname).build();
    }
}
