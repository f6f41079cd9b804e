package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.http.port.TlsSettings;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ServeOptionsTest {
    @Test
    void without_options_the_file_stands() {
        assertThat(over()).isEqualTo(ServerSettings.DEFAULT);
    }

    @Test
    void every_option_wins_over_the_file() {
        var settings = over(
                "--port=1",
                "--host=h",
                "--data=d",
                "--users=u",
                "--tls-cert=c",
                "--tls-key=k",
                "--management-port=2",
                "--management-host=m");
        assertThat(settings.http().address()).hasToString("h:1");
        assertThat(settings.management().address()).hasToString("m:2");
        assertThat(settings.storage().folder()).isEqualTo(Path.of("d"));
        assertThat(settings.access().users()).contains(Path.of("u"));
        assertThat(settings.tls()).contains(new TlsSettings(Path.of("c"), Path.of("k")));
    }

    @Test
    void half_a_pair_of_tls_files_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--tls-cert=c"))
                .withMessageContaining("only the certificate was given");
    }

    @Test
    void mirrors_are_named_with_their_files() {
        var mirrors = over(
                        "--mirror=docker.io",
                        "--mirror=example.test=https://127.0.0.1:5001",
                        "--mirror-auth=example.test=a",
                        "--mirror-ca=example.test=c",
                        "--mirror-anonymous=example.test")
                .mirrors();

        assertThat(mirrors)
                .containsExactly(
                        MirrorSettings.of("docker.io"),
                        MirrorSettings.of("example.test", URI.create("https://127.0.0.1:5001"))
                                .with(new UpstreamCredentials.DockerConfig(Path.of("a")))
                                .trusting(Path.of("c"))
                                .openToAll());
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "docker.io=https://127.0.0.1:5001"})
    void a_mirror_that_is_named_twice_is_refused(String again) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--mirror=docker.io", "--mirror=quay.io", "--mirror=" + again))
                .withMessageContaining("--mirror names docker.io twice");
    }

    @Test
    void a_file_for_what_is_not_mirrored_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--mirror=docker.io", "--mirror-ca=quay.io=c"))
                .withMessageContaining("--mirror-ca names quay.io, which isn't mirrored");
    }

    @Test
    void a_mirror_that_no_image_name_can_mean_is_refused_unless_it_says_where_it_is() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--mirror=dockerio"))
                .withMessage("--mirror dockerio is no host of a registry. Did you mean docker.io?");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over("--mirror=internal"))
                .withMessageContaining("Say where it is: --mirror internal=https://registry.example.");
        assertThat(over("--mirror=internal=http://registry:5000", "--mirror=localhost", "--mirror=registry:5000")
                        .mirrors())
                .hasSize(3);
    }

    @Test
    void an_address_with_the_path_of_the_api_is_refused() {
        for (var path : new String[] {"/v2", "/v2/", "/api/v2/"}) {
            assertThatExceptionOfType(InvalidSettings.class)
                    .isThrownBy(() -> over("--mirror=docker.io=https://registry.example" + path))
                    .withMessage("A mirror's `url` must end before /v2/, which Berth adds; remove /v2/ from"
                            + " https://registry.example" + path + ".");
        }
        assertThat(over("--mirror=docker.io=https://registry.example/docker/").mirrors())
                .hasSize(1);
    }

    @Test
    void the_port_for_clients_from_outside_is_compared_with_the_ports_that_the_options_name() {
        var file = file("http: {externalPort: 8443}");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over(file, "--port=8443").checked())
                .withMessage("`http.externalPort` must be another port than `http.port`, which is 8443 too.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> over(file, "--management-port=8443").checked())
                .withMessage("`http.externalPort` must be another port than `management.port`, which is 8443 too.");
    }

    @Test
    void a_port_of_the_file_that_an_option_replaces_may_be_the_one_for_clients_from_outside() {
        var settings = over(file("http: {port: 8443, externalPort: 8443}"), "--port=5000")
                .checked();
        assertThat(settings.http().externalAddress().orElseThrow()).hasToString("0.0.0.0:8443");
    }

    @Test
    void private_images_are_not_for_a_server_that_lets_everybody_in() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() ->
                        over("--mirror=docker.io", "--mirror-auth=docker.io=a").checked())
                .withMessageContaining("--mirror-anonymous");
    }

    private static ServerSettings file(String yaml) {
        return new SettingsFile(Path.of("config.yaml"))
                .parse(yaml.getBytes(StandardCharsets.UTF_8), ServerSettings::from);
    }

    private static ServerSettings over(String... arguments) {
        return over(ServerSettings.DEFAULT, arguments);
    }

    private static ServerSettings over(ServerSettings file, String... arguments) {
        var options = new ServeOptions();
        var serve = new CommandLine(CommandLine.Model.CommandSpec.create()
                .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)));
        serve.parseArgs(arguments);
        return options.over(file);
    }
}
