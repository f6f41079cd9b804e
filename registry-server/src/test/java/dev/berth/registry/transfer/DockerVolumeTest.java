package dev.berth.registry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks an engine that answers as Docker's does (Engine API 1.43, "Inspect a volume"). */
final class DockerVolumeTest {
    @TempDir
    private Path folder;

    @Test
    void the_engine_is_asked_where_the_volume_is() throws IOException {
        var data = Files.createDirectories(folder.resolve("elsewhere"));
        try (var engine = engine().on("GET /volumes/registry-data", 200, """
                {"Name":"registry-data","Driver":"local","Mountpoint":"%s"}""".formatted(data))) {
            assertThat(docker().folder("registry-data")).isEqualTo(data);
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void a_volume_that_docker_does_not_have_is_named_with_the_command_that_lists_them() {
        try (var engine = engine().on("GET /volumes/registry", 404, "{\"message\":\"get registry: no such volume\"}")) {
            refuses("registry", "Docker has no volume registry; `docker volume ls` lists them.");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void a_folder_of_docker_that_this_user_can_not_read_is_named_with_the_way_out() {
        try (var engine =
                engine().on("GET /volumes/registry", 200, "{\"Mountpoint\":\"" + folder.resolve("gone") + "\"}")) {
            refuses(
                    "registry",
                    "Docker keeps the volume registry in " + folder.resolve("gone")
                            + ", which can't be read here. Run this as root on the machine that runs Docker.");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void without_an_engine_the_usual_folder_is_taken() throws IOException {
        var data = Files.createDirectories(folder.resolve("volumes/registry-data/_data"));
        assertThat(docker().folder("registry-data")).isEqualTo(data);
    }

    @Test
    void without_an_engine_and_a_folder_the_way_out_is_said() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> docker().folder("registry-data"))
                .withMessageStartingWith(
                        "The Docker volume registry-data can't be found. No Docker Engine answers at unix://"
                                + docker().socket())
                .withMessageContaining("docker volume inspect registry-data");
    }

    @Test
    void a_text_that_is_no_name_is_not_sent_to_the_engine() {
        refuses("../etc", "\"../etc\" is no name of a Docker volume; `docker volume ls` lists them.");
    }

    @Test
    void docker_host_names_the_socket() {
        assertThat(DockerVolume.of(Optional.of("unix:///run/user/1000/docker.sock"))
                        .socket())
                .isEqualTo(Path.of("/run/user/1000/docker.sock"));
        assertThat(DockerVolume.of(Optional.of("tcp://10.0.0.1:2375"))).isEqualTo(DockerVolume.DEFAULT);
        assertThat(DockerVolume.of(Optional.empty())).isEqualTo(DockerVolume.DEFAULT);
    }

    private void refuses(String name, String sentence) {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> docker().folder(name))
                .withMessage(sentence);
    }

    private DockerVolume docker() {
        return new DockerVolume(folder.resolve("docker.sock"), folder.resolve("volumes"));
    }

    private FakeEngine engine() {
        return FakeEngine.on(docker().socket());
    }
}
