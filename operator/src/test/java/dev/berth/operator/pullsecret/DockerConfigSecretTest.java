package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Docker's configuration file. */
final class DockerConfigSecretTest {
    @Test
    void every_host_has_the_credentials_twice_as_docker_writes_them() {
        assertThat(DockerConfigSecret.json(List.of("a.svc", "a.svc.cluster.local"), "pull", "secret"))
                .isEqualTo("""
                {"auths":{"a.svc":{"username":"pull","password":"secret","auth":"cHVsbDpzZWNyZXQ="},\
                "a.svc.cluster.local":{"username":"pull","password":"secret","auth":"cHVsbDpzZWNyZXQ="}}}""");
    }

    @Test
    void a_password_with_a_quote_stays_json() {
        assertThat(DockerConfigSecret.json(List.of("a"), "pull", "a\"b")).contains("\"password\":\"a\\\"b\"");
    }
}
