package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.protocol.name.ImageName;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images pods mean. */
final class PodImagesTest {
    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "nginx:1.27, docker.io/library/nginx:1.27",
        "docker.io/nginx:1, docker.io/library/nginx:1",
        "docker.io/library/nginx, docker.io/library/nginx:latest",
        "index.docker.io/bitnami/redis:7, docker.io/bitnami/redis:7",
        "bitnami/redis, docker.io/bitnami/redis:latest",
        "quay.io/a/b/c:1, quay.io/a/b/c:1",
        "registry.example.com:5000/a, registry.example.com:5000/a:latest",
        "localhost/a:1, localhost/a:1",
        "nginx@sha256:ab, docker.io/library/nginx@sha256:ab",
        "nginx:1.27@sha256:ab, docker.io/library/nginx@sha256:ab"
    })
    void a_name_is_written_out_whole(String image, String whole) {
        assertThat(ImageName.parse(image).pinned()).isEqualTo(whole);
    }

    @Test
    void those_of_an_upstream_count_by_its_name_and_by_the_registry_that_keeps_them() {
        var images = Set.of(
                "nginx:1.27",
                "apps.team-a.svc/docker.io/library/alpine:3",
                "apps.team-a.svc.cluster.local/docker.io/library/busybox:1",
                "apps.team-b.svc/docker.io/library/redis:7",
                "apps.team-a.svc/web:1",
                "quay.io/a/b:1");
        assertThat(PodImages.of("docker.io", new RegistryNames("team-a", "apps"), images))
                .containsExactly(
                        "docker.io/library/alpine:3", "docker.io/library/busybox:1", "docker.io/library/nginx:1.27");
    }

    @Test
    void a_pod_that_names_an_official_image_by_index_docker_io_keeps_it_from_being_pruned() {
        assertThat(PodImages.of("docker.io", new RegistryNames("team-a", "apps"), Set.of("index.docker.io/nginx:1.27")))
                .containsExactly("docker.io/library/nginx:1.27");
    }

    @Test
    void a_port_stands_behind_an_underscore_in_the_registry() {
        var images = Set.of(
                "apps.team-a.svc/registry.example.com_5000/a:1",
                "registry.example.com:5000/b:2",
                "registry.example.com/c:3");
        assertThat(PodImages.of("registry.example.com:5000", new RegistryNames("team-a", "apps"), images))
                .containsExactly("registry.example.com:5000/a:1", "registry.example.com:5000/b:2");
    }
}
