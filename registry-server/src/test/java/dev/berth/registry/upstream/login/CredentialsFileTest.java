package dev.berth.registry.upstream.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsFileTest {
    private static final UpstreamLogin ME = new UpstreamLogin("me", "pass:word");
    private static final String AUTH = "{\"auth\":\"bWU6cGFzczp3b3Jk\"}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"https://index.docker.io/v1/", "docker.io", "registry-1.docker.io", "http://docker.io"})
    void docker_hub_goes_by_each_of_its_names(String key) throws IOException {
        assertThat(login("{\"auths\":{\"quay.io\":{\"auth\":\"eDp5\"},\"" + key + "\":" + AUTH + "}}"))
                .contains(ME);
    }

    @Test
    void a_name_and_a_password_may_stand_there_as_they_are() throws IOException {
        assertThat(login("{\"auths\":{\"docker.io\":{\"username\":\"me\",\"password\":\"pass:word\"}}}"))
                .contains(ME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"auths\":{}}",
                "{\"auths\":{\"docker.io\":{}}}",
                "{\"auths\":{\"docker.io\":{\"auth\":\"?\"}}}"
            })
    void what_holds_no_login_is_a_failure_that_quotes_nothing(String json) {
        var failure =
                catchThrowableOfType(UpstreamException.class, () -> login(json)).failure();

        assertThat(failure).isInstanceOf(UpstreamFailure.CredentialsUnreadable.class);
        assertThat(failure.sentence()).contains("config.json").doesNotContain("{");
    }

    @Test
    void a_login_never_prints_its_password() {
        assertThat(ME).hasToString("UpstreamLogin[me:…]");
    }

    private Optional<UpstreamLogin> login(String json) throws IOException {
        var file = Files.writeString(folder.resolve("config.json"), json);
        return CredentialsFile.login(new Upstream(
                "docker.io",
                URI.create("https://registry-1.docker.io"),
                Optional.of(new UpstreamCredentials.DockerConfig(file)),
                Optional.empty(),
                Set.of()));
    }
}
