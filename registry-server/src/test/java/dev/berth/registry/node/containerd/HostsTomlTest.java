package dev.berth.registry.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostsTomlTest {
    private static final Optional<Endpoint> LOOPBACK = Optional.of(Endpoint.parse("http://127.0.0.1:5003"));

    @Test
    void a_registry_with_an_authority_of_its_own() {
        var apps = new RegistryHost(
                new HostName("apps.team-a.svc"),
                Endpoint.parse("https://10.96.62.25"),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.NONE);

        assertThat(HostsToml.of(apps)).isEqualTo("""
                server = "https://apps.team-a.svc"
                capabilities = ["push"]

                [host."https://10.96.62.25"]
                  capabilities = ["pull", "resolve"]
                  ca = "ca.crt"
                """);
    }

    @Test
    void a_registry_that_stands_in_for_an_upstream_is_asked_soon_and_the_upstream_is_left_as_it_was() {
        var hub = new RegistryHost(
                new HostName("docker.io"),
                Endpoint.parse("https://10.96.62.25"),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.UPSTREAM);

        assertThat(HostsToml.of(hub)).isEqualTo("""
                [host."https://10.96.62.25"]
                  capabilities = ["pull", "resolve"]
                  ca = "ca.crt"
                  dial_timeout = "1s"
                """);
    }

    @Test
    void a_registry_that_the_node_trusts_already() {
        var apps = new RegistryHost(
                new HostName("apps.team-a.svc:5000"),
                Endpoint.parse("http://10.96.62.25:5000"),
                Optional.empty(),
                FallBack.NONE);

        assertThat(HostsToml.of(apps)).isEqualTo("""
                server = "https://apps.team-a.svc:5000"
                capabilities = ["push"]

                [host."http://10.96.62.25:5000"]
                  capabilities = ["pull", "resolve"]
                """);
    }

    @Test
    void the_agent_s_endpoint_is_asked_before_the_registry_itself() {
        var apps = new RegistryHost(
                new HostName("apps.team-a.svc"),
                Endpoint.parse("https://10.96.62.25"),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.NONE);

        assertThat(HostsToml.of(apps.through(LOOPBACK))).isEqualTo("""
                server = "https://apps.team-a.svc"
                capabilities = ["push"]

                [host."http://127.0.0.1:5003"]
                  capabilities = ["pull", "resolve"]
                [host."https://10.96.62.25"]
                  capabilities = ["pull", "resolve"]
                  ca = "ca.crt"
                """);
    }

    @Test
    void after_the_agent_s_endpoint_comes_the_upstream_since_a_registry_that_drops_packets_would_cost_another_30_s() {
        var hub = new RegistryHost(
                new HostName("docker.io"),
                Endpoint.parse("https://10.96.62.25"),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.UPSTREAM);

        assertThat(HostsToml.of(hub.through(LOOPBACK))).isEqualTo("""
                [host."http://127.0.0.1:5003"]
                  capabilities = ["pull", "resolve"]
                  dial_timeout = "1s"
                """);
    }
}
