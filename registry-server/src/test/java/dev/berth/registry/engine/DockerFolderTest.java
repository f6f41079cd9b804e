package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerFolderTest {
    @TempDir
    private Path folder;

    @Test
    void a_login_of_docker_login_is_found() throws IOException {
        write("""
                {"auths": {"localhost:5000": {"auth": "%s"}, "https://index.docker.io/v1/": {"auth": "%s"}}}""".formatted(base64("ci:right:horse"), base64("me:hub")));
        assertThat(docker().login("localhost:5000"))
                .contains(RegistryLogin.password("localhost:5000", "ci", "right:horse"));
        assertThat(docker().login("docker.io")).contains(RegistryLogin.password("docker.io", "me", "hub"));
        assertThat(docker().login("localhost:5001")).isEmpty();
    }

    @Test
    void a_token_and_a_password_in_the_open_are_found() throws IOException {
        write("""
                {"auths": {"a.example": {"identitytoken": "t"}, "b.example": {"username": "u", "password": "p"}}}""");
        assertThat(docker().login("a.example")).contains(new RegistryLogin("a.example", "", "t", true));
        assertThat(docker().login("b.example")).contains(RegistryLogin.password("b.example", "u", "p"));
    }

    @Test
    void an_entry_whose_secret_is_with_a_helper_is_no_login_and_the_helper_is_named() throws IOException {
        write("{\"auths\": {\"a.example\": {}}, \"credsStore\": \"pass\"}");
        assertThat(docker().login("a.example")).isEmpty();
        assertThat(docker().helper()).contains("docker-credential-pass");
    }

    @Test
    void a_stored_login_leaves_everything_else_as_it_is_and_only_the_owner_may_read_the_file() throws IOException {
        write("{\"auths\": {\"other.example\": {\"auth\": \"eDp5\"}}, \"proxies\": {\"default\": {}}}");
        docker().store(RegistryLogin.password("localhost:5000", "ci", "first"));
        docker().store(RegistryLogin.password("localhost:5000", "ci", "second"));

        assertThat(docker().login("localhost:5000")).contains(RegistryLogin.password("localhost:5000", "ci", "second"));
        assertThat(docker().login("other.example")).isPresent();
        var config = new ObjectMapper().readTree(file().toFile());
        assertThat(config.has("proxies")).isTrue();
        assertThat(config.path("auths")).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_first_login_makes_the_folder() {
        var docker = DockerFolder.of(Map.of(), folder);
        docker.store(RegistryLogin.password("docker.io", "me", "hub"));
        assertThat(folder.resolve(".docker/config.json")).content().contains("https://index.docker.io/v1/");
        assertThat(docker.login("docker.io")).isPresent();
    }

    @Test
    void a_login_never_shows_its_secret() {
        assertThat(RegistryLogin.password("a.example", "ci", "secret").toString())
                .isEqualTo("ci at a.example");
    }

    private DockerFolder docker() {
        return DockerFolder.of(Map.of("DOCKER_CONFIG", folder.toString()), Path.of("/nowhere"));
    }

    private Path file() {
        return folder.resolve("config.json");
    }

    private void write(String json) throws IOException {
        Files.writeString(file(), json);
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
