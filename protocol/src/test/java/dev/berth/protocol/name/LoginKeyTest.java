package dev.berth.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginKeyTest {
    @ParameterizedTest
    @CsvSource({
        "docker.io,                    docker.io,            true",
        "https://index.docker.io/v1/,  docker.io,            true",
        "registry-1.docker.io,         docker.io,            true",
        "auth.docker.io,               docker.io,            false",
        "quay.io,                      quay.io,              true",
        "https://quay.io/v2/,          quay.io,              true",
        "HTTPS://Quay.io,              quay.io,              true",
        "quay.io,                      Quay.io,              true",
        "MyHost,                       MyHost,               true",
        "docker.io,                    Index.Docker.io,      true",
        "https://quay.io:443,          quay.io,              false",
        "quay.io,                      docker.io,            false",
        "docker.io,                    quay.io,              false",
        "registry.example:5000,        registry.example:5000, true",
        "registry.example,             registry.example:5000, false",
    })
    void credentials_are_found_under_the_names_that_clients_log_in_to(String key, String registry, boolean found) {
        assertThat(LoginKey.parse(key).isFor(registry)).isEqualTo(found);
    }
}
