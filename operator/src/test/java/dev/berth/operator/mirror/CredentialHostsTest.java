package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a mirror's password may go. */
final class CredentialHostsTest {
    @ParameterizedTest
    @CsvSource({
        "docker.io, registry-1.docker.io, true",
        "docker.io, docker.io, true",
        "docker.io, docker.io.evil.example, false",
        "docker.io, evildocker.io, false",
        "registry.example.com:5000, registry.example.com, true",
        "registry.example.com, mirror.example.com, false",
        "mirror.registry.example.com, registry.example.com, false"
    })
    void an_upstream_vouches_for_itself_and_for_hosts_below_it(String host, String dialed, boolean vouches) {
        assertThat(CredentialHosts.vouchesFor(host, dialed)).isEqualTo(vouches);
    }

    @Test
    void an_administrator_may_allow_another_host() {
        var mirror = Mirrors.hub(
                "upstream: {host: docker.io, url: 'https://mirror.example.com', credentialsSecretRef: {name: login}}");
        var upstream = mirror.getSpec().upstream();
        assertThat(CredentialHosts.refusal(upstream, () -> allowed("docker.io", "a.example, mirror.example.com")))
                .isEmpty();
        assertThat(CredentialHosts.refusal(upstream, () -> allowed("quay.io", "mirror.example.com")))
                .hasValueSatisfying(why -> assertThat(why.message())
                        .endsWith("kubectl -n berth-system patch configmap berth-credential-hosts --type merge -p"
                                + " '{\"data\":{\"docker.io\":\"mirror.example.com\"}}'"));
    }

    @Test
    void the_command_keeps_what_is_allowed_already() {
        assertThat(new CredentialHosts(Optional.of(map("docker.io", "a.example")), "berth-system")
                        .commandToAllow("docker.io", "b.example"))
                .contains("{\"data\":{\"docker.io\":\"a.example,b.example\"}}");
    }

    @Test
    void without_credentials_any_address_will_do() {
        var mirror = Mirrors.hub("upstream: {host: docker.io, url: 'https://mirror.example.com'}");
        assertThat(CredentialHosts.refusal(mirror.getSpec().upstream(), () -> {
                    throw new AssertionError("nobody has to be asked");
                }))
                .isEmpty();
    }

    private static CredentialHosts allowed(String upstream, String hosts) {
        return new CredentialHosts(Optional.of(map(upstream, hosts)), "berth-system");
    }

    private static ConfigMap map(String key, String value) {
        return new ConfigMapBuilder().withData(Map.of(key, value)).build();
    }
}
