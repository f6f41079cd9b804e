package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.mirror.MirrorInputs.Input.File;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a Secret a server gets to see. */
final class UpstreamCredentialsTest {
    private static final String ME = Base64.getEncoder().encodeToString("me:secret".getBytes(UTF_8));

    @ParameterizedTest
    @CsvSource({
        "docker.io, docker.io",
        "docker.io, https://index.docker.io/v1/",
        "docker.io, registry-1.docker.io",
        "quay.io, quay.io",
        "quay.io, https://quay.io",
        "quay.io, https://quay.io/v2/",
        "registry.example.com:5000, registry.example.com:5000"
    })
    void the_entry_of_the_upstream_is_found_under_the_names_that_clients_log_in_to(String upstream, String key) {
        var json = "{\"auths\":{\"other.example\":{\"auth\":\"b3RoZXI6cHc=\"},\"%s\":{\"auth\":\"%s\"}}}"
                .formatted(key, ME);
        assertThat(read(upstream, json))
                .as("only what concerns the upstream, under its own name")
                .isEqualTo(new File("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(upstream, ME)));
    }

    @Test
    void a_user_and_a_password_do_as_well() {
        assertThat(read("quay.io", "{\"auths\":{\"quay.io\":{\"username\":\"me\",\"password\":\"secret\"}}}"))
                .isEqualTo(new File("{\"auths\":{\"quay.io\":{\"auth\":\"%s\"}}}".formatted(ME)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "[]",
                "{\"auths\":{}}",
                "{\"auths\":{\"other.example\":{\"auth\":\"bWU6c2VjcmV0\"}}}",
                "{\"auths\":{\"quay.io\":{}}}",
                "{\"auths\":{\"quay.io\":{\"auth\":\"not base64!\"}}}",
                "{\"auths\":{\"quay.io\":{\"auth\":\"bm9jb2xvbg==\"}}}",
                "{\"auths\":{\"quay.io\":{\"username\":\"me\"}}}"
            })
    void one_without_such_an_entry_is_refused_with_the_command_that_makes_one(String json) {
        assertThat(read("quay.io", json)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.why().reason()).isEqualTo("CredentialsInvalid");
            assertThat(refused.why().message())
                    .contains("kubectl create secret docker-registry login --docker-server=quay.io")
                    .doesNotContain("secret\"");
        });
    }

    @Test
    void one_that_is_not_there_and_one_without_the_key_are_told_apart() {
        assertThat(UpstreamCredentials.read("login", "quay.io", Optional.empty()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why())
                                .isInstanceOf(InProgress.class)
                                .extracting(Verdict::reason)
                                .isEqualTo("CredentialsNotFound"));
        assertThat(UpstreamCredentials.read("login", "quay.io", Optional.of(new Secret())))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why().reason()).isEqualTo("CredentialsInvalid"));
    }

    private static MirrorInputs.Input read(String upstream, String json) {
        var secret = new SecretBuilder()
                .addToData(".dockerconfigjson", Base64.getEncoder().encodeToString(json.getBytes(UTF_8)))
                .build();
        return UpstreamCredentials.read("login", upstream, Optional.of(secret));
    }
}
