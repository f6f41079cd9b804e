package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.engine.EngineAddress.Tcp;
import dev.berth.registry.engine.EngineAddress.UnixSocket;
import dev.berth.registry.engine.EngineChoice.TlsOptions;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineChoiceTest {
    private static final TlsOptions VERIFY =
            new TlsOptions(false, true, Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path docker;

    @Test
    void without_anything_the_socket_of_this_machine_is_meant() {
        assertThat(chosen(EngineChoice.NONE, Map.of())).hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void the_option_counts_before_the_environment_and_the_environment_before_the_current_context() throws IOException {
        context("far", "{\"Host\":\"tcp://far:2375\"}");
        Files.writeString(docker.resolve("config.json"), "{\"currentContext\":\"far\"}");
        context("near", "{\"Host\":\"unix:///near.sock\"}");

        assertThat(chosen(EngineChoice.NONE, Map.of())).hasToString("tcp://far:2375");
        assertThat(chosen(EngineChoice.NONE, Map.of("DOCKER_CONTEXT", "near"))).hasToString("unix:///near.sock");
        var both = Map.of("DOCKER_CONTEXT", "near", "DOCKER_HOST", "tcp://10.0.0.5");
        assertThat(chosen(EngineChoice.NONE, both)).hasToString("tcp://10.0.0.5:2375");
        assertThat(chosen(context("far"), both)).hasToString("tcp://far:2375");
        assertThat(chosen(host("unix:///mine.sock"), both)).hasToString("unix:///mine.sock");
        assertThat(chosen(context("default"), Map.of())).hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void addresses_are_read_as_dockers_client_reads_them() {
        assertThat(EngineAddress.parse("10.0.0.5:2375", Optional.empty()))
                .isEqualTo(new Tcp("10.0.0.5", 2375, Optional.empty()));
        assertThat(EngineAddress.parse("tcp://[::1]:9", Optional.empty())).hasToString("tcp://[::1]:9");
        assertThat(EngineAddress.parse("unix:///run/user/1000/docker.sock", Optional.empty()))
                .isEqualTo(new UnixSocket(Path.of("/run/user/1000/docker.sock")));
        assertThat(((Tcp) chosen(new EngineChoice(Optional.of("tcp://h"), Optional.empty(), VERIFY), Map.of())).port())
                .isEqualTo(2376);
    }

    @Test
    void an_address_that_is_none_is_refused_with_what_to_write() {
        refused(host("tcp://user@h:1"), "write tcp://HOST:PORT");
        refused(host("tcp://h:1/path"), "write tcp://HOST:PORT");
        refused(host("unix://relative.sock"), "the path of a socket begins with a slash");
        refused(host("npipe:////./pipe/docker_engine"), "write unix:///var/run/docker.sock or tcp://HOST:PORT");
        refused(
                host("ssh://root@h"),
                "Forward the socket with `ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock root@h`");
        refused(
                new EngineChoice(Optional.of("tcp://h"), Optional.of("far"), TlsOptions.NONE),
                "-H and --context exclude each other");
    }

    @Test
    void a_context_that_is_not_there_is_refused_with_those_that_are() throws IOException {
        refused(context("production"), "It has no contexts.");
        context("far", "{\"Host\":\"tcp://far:2375\"}");
        context("near", "{\"Host\":\"tcp://near:2375\"}");
        refused(context("production"), "There is no Docker context \"production\"");
        refused(context("production"), "There are: far, near.");
    }

    @Test
    void a_context_brings_its_certificates() throws IOException {
        context("far", "{\"Host\":\"tcp://far:2376\",\"SkipTLSVerify\":false}");
        var files = Files.createDirectories(
                docker.resolve("contexts/tls").resolve(id("far")).resolve("docker"));
        for (var name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
            Files.createFile(files.resolve(name));
        }
        assertThat(((Tcp) chosen(context("far"), Map.of())).tls())
                .contains(new EngineTls(
                        true,
                        Optional.of(files.resolve("ca.pem")),
                        Optional.of(files.resolve("cert.pem")),
                        Optional.of(files.resolve("key.pem"))));
    }

    @Test
    void a_context_may_skip_the_check_of_the_certificate() throws IOException {
        context("far", "{\"Host\":\"tcp://far:2376\",\"SkipTLSVerify\":true}");
        assertThat(((Tcp) chosen(context("far"), Map.of())).tls().orElseThrow().verify())
                .isFalse();
    }

    @Test
    void the_environment_turns_tls_on_and_names_the_folder_of_the_files() throws IOException {
        var folder = Files.createDirectory(docker.resolve("certs"));
        Files.createFile(folder.resolve("ca.pem"));
        var environment =
                Map.of("DOCKER_HOST", "tcp://h", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString());
        assertThat(chosen(EngineChoice.NONE, environment))
                .isEqualTo(new Tcp(
                        "h",
                        2376,
                        Optional.of(new EngineTls(
                                true, Optional.of(folder.resolve("ca.pem")), Optional.empty(), Optional.empty()))));
    }

    @Test
    void options_for_files_count_before_the_folder() throws IOException {
        Files.createFile(docker.resolve("ca.pem"));
        var own = docker.resolve("own.pem");
        var options = new TlsOptions(true, false, Optional.of(own), Optional.empty(), Optional.empty());
        var chosen = (Tcp) chosen(new EngineChoice(Optional.of("tcp://h"), Optional.empty(), options), Map.of());
        assertThat(chosen.tls()).contains(new EngineTls(true, Optional.of(own), Optional.empty(), Optional.empty()));
    }

    @Test
    void a_certificate_without_its_key_is_refused() {
        var options = new TlsOptions(
                false, true, Optional.empty(), Optional.of(docker.resolve("cert.pem")), Optional.empty());
        refused(
                new EngineChoice(Optional.of("tcp://h"), Optional.empty(), options),
                "give both --tlscert and --tlskey");
    }

    @Test
    void a_config_that_is_no_json_is_refused_without_a_word_of_it() throws IOException {
        Files.writeString(docker.resolve("config.json"), "{\"auths\": secret");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> chosen(EngineChoice.NONE, Map.of()))
                .withMessageContaining("config.json is no JSON")
                .withMessageNotContaining("secret");
    }

    private EngineAddress chosen(EngineChoice choice, Map<String, String> environment) {
        return choice.address(environment, new DockerFolder(docker));
    }

    private void refused(EngineChoice choice, String why) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> chosen(choice, Map.of()))
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(EngineFailure.Misconfigured.class));
    }

    private static EngineChoice host(String host) {
        return new EngineChoice(Optional.of(host), Optional.empty(), TlsOptions.NONE);
    }

    private static EngineChoice context(String name) {
        return new EngineChoice(Optional.empty(), Optional.of(name), TlsOptions.NONE);
    }

    private void context(String name, String endpoint) throws IOException {
        var folder = Files.createDirectories(docker.resolve("contexts/meta").resolve(id(name)));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":" + endpoint + "}}");
    }

    private static String id(String name) {
        return Algorithm.SHA256.digestOf(name.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
