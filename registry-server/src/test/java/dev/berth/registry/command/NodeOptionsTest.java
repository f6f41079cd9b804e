package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "--credentials-for, Team_A, `Team_A` should be the name of a namespace",
        "--credentials-for, team-a=*, `team-a=*` should be the host name of a registry",
        "--mirror-credentials-for, quay.io/acme, `quay.io/acme` should be a namespace and images",
        "--mirror-credentials-for, team-a=docker.io, `team-a=docker.io` should be a part of docker.io",
        "--credential-provider, var/lib/berth, It must be the path of a folder from the root",
        "--credential-provider, /var/lib/a b, It must be the path of a folder from the root"
    })
    void wrong_options_of_the_credential_provider_are_named(String option, String value, String message) {
        var run = CommandRun.of("node", option, value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
