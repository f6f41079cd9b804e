package dev.berth.registry.node.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.ImagesReport;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.cri.ContainerOnNode;
import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.ImageOnNode;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.cri.ScriptedCri.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeImagesTest {
    private static final Set<String> HOSTS = Set.of("apps.team-a.svc");

    @Test
    void images_are_in_use_by_whichever_name_their_container_has_for_them() {
        var images = List.of(image("id1", "web", "1"), image("id2", "job", "2"), image("id3", "db", "3"));
        var containers = List.of(
                new ContainerOnNode("c1", "", "id1", true),
                new ContainerOnNode("c2", "apps.team-a.svc/job:1", "id-of-cri-o", false));
        assertThat(NodeImages.of("containerd 2", containers, images, HOSTS))
                .isEqualTo(ImagesReport.of("containerd 2", List.of("sha256:1", "sha256:2"), List.of("sha256:3")));
    }

    @Test
    void images_of_other_registries_are_nobodys_business() {
        var images = List.of(new ImageOnNode(
                "id", List.of("quay.io/secret/app:1"), List.of("quay.io/secret/app@sha256:9"), 1, false));
        var containers = List.of(new ContainerOnNode("c1", "quay.io/secret/app:1", "id", true));
        assertThat(NodeImages.of("containerd 2", containers, images, HOSTS))
                .isEqualTo(ImagesReport.of("containerd 2", List.of(), List.of()));
    }

    @Test
    void no_name_is_told_and_a_long_list_is_cut_with_those_in_use_first() {
        var images = IntStream.range(0, 5000)
                .mapToObj(number -> image("id" + number, "secret-name", "%064d".formatted(number)))
                .toList();
        var containers = IntStream.range(4000, 5000)
                .mapToObj(number -> new ContainerOnNode("c", "", "id" + number, true))
                .toList();
        var report = NodeImages.of("containerd 2", containers, images, HOSTS);
        assertThat(report.inUse()).hasSize(1000);
        assertThat(report.present()).hasSize(ImagesReport.MOST - 1000);
        assertThat(report.more()).isEqualTo(5000 - ImagesReport.MOST);
        assertThat(report.json()).doesNotContain("secret-name").hasSizeLessThan(128 * 1024);
    }

    @Test
    void the_runtime_is_asked_only_every_half_minute_however_often_somebody_asks(@TempDir Path folder)
            throws IOException {
        var image = CriMessages.image("id1", List.of(), List.of("apps.team-a.svc/web@sha256:1"), 1);
        try (var runtime = new ScriptedCri(folder.resolve("cri.sock"));
                var sockets = new CriSockets(List.of(runtime.socket()))) {
            runtime.answers("ImageService/ListImages", new Reply.Message(CriMessages.images(List.of(image))));
            runtime.answers(
                    "RuntimeService/ListContainers",
                    new Reply.Message(CriMessages.images(List.of(CriMessages.container("c", "", "id1", 1)))));
            var clock = new StoppedClock();
            var images = new NodeImages(sockets, () -> HOSTS, clock);
            assertThat(images.report()).isEqualTo(ImagesReport.of("scripted 1.2.3", List.of("sha256:1"), List.of()));
            images.report();
            assertThat(runtime.calls("ListImages")).isEqualTo(1);
        }
    }

    @Test
    void a_runtime_that_cannot_be_asked_is_told_from_a_node_without_images(@TempDir Path folder) throws IOException {
        try (var sockets = new CriSockets(List.of(folder.resolve("none")))) {
            assertThat(new NodeImages(sockets, () -> HOSTS, new StoppedClock())
                            .report()
                            .problem())
                    .contains("no socket of a container runtime is mounted into the agent");
        }
    }

    private static ImageOnNode image(String id, String repository, String digest) {
        var name = "apps.team-a.svc/" + repository;
        return new ImageOnNode(id, List.of(name + ":1"), List.of(name + "@sha256:" + digest), 1, false);
    }
}
