package dev.berth.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.naming.RegistryNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The desired objects with certificates, compared with YAML files. */
final class CertificateChildrenTest {
    private static final RegistryNames NAMES = RegistryNames.of(Expected.registry());
    private static final KeyPairPem PAIR = new KeyPairPem("a certificate", "its key");

    @Test
    void what_clients_trust() {
        Expected.holds(
                "authority-config.yaml", () -> AuthorityConfigMap.of(NAMES, "the authority's certificate", Map.of()));
    }

    @Test
    void the_certificate() {
        Expected.holds("certificate.yaml", () -> CertificateSecret.of(NAMES, PAIR));
    }

    @Test
    void a_gateway_checks_the_certificate_for_the_name_inside_the_cluster() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com]
                """);
        var hostname = RegistryBackendTlsPolicy.hostname(registry, Optional.empty());
        Expected.holds("backend-tls-policy.yaml", () -> RegistryBackendTlsPolicy.of(NAMES, hostname));
    }

    @Test
    void the_certificate_is_about_every_name_the_server_may_be_called_by() {
        var registry = Expected.registryOf("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                hostnames: [registry.example.com]
                """);
        assertThat(CertificateSecret.namesOn(registry, "10.96.62.25", List.of("203.0.113.7")))
                .containsExactlyInAnyOrder(
                        "apps",
                        "apps.team-a",
                        "apps.team-a.svc",
                        "apps.team-a.svc.cluster.local",
                        "localhost",
                        "127.0.0.1",
                        "10.96.62.25",
                        "203.0.113.7",
                        "registry.example.com");
    }
}
