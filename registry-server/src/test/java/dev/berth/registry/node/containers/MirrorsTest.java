package dev.berth.registry.node.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.HostOutcome.Configured;
import dev.berth.registry.node.runtime.HostOutcome.Conflict;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.NodeTree;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorsTest {
    private static final HostName HUB = new HostName("docker.io");
    private static final HostName QUAY = new HostName("quay.io");

    @TempDir
    private Path node;

    private Podman podman;
    private NodeTree before;

    @BeforeEach
    void open() throws IOException {
        write("etc/hosts", "127.0.0.1 localhost\n");
        write("etc/containers/registries.conf", "unqualified-search-registries = [\"docker.io\"]\n");
        write(
                "etc/containers/registries.conf.d/shortnames.conf",
                "[aliases]\n\"nginx\" = \"docker.io/library/nginx\"\n");
        podman = new Podman(new NodeRoot(node), false);
        before = NodeTree.of(node);
    }

    @Test
    void a_mirror_is_asked_first_by_its_address_and_the_name_of_the_upstream() {
        assertThat(podman.configure(mirror(HUB, "https://10.96.62.26"))).isEqualTo(new Configured());
        assertThat(dropIn(HUB)).content().endsWith("""
                [[registry]]
                prefix = "docker.io"
                location = "docker.io"

                [[registry.mirror]]
                location = "10.96.62.26/docker.io"
                """);
        assertThat(authority("10.96.62.26")).content().contains("BEGIN CERTIFICATE");
        assertThat(podman.present()).containsExactly(HUB);
    }

    @Test
    void the_agent_s_endpoint_is_asked_by_plain_http() {
        var mirror = mirror(HUB, "https://10.96.62.26").through(Optional.of(Endpoint.parse("http://127.0.0.1:5003")));
        assertThat(podman.configure(mirror)).isEqualTo(new Configured());
        assertThat(dropIn(HUB)).content().endsWith("location = \"127.0.0.1:5003/docker.io\"\ninsecure = true\n");
        assertThat(authority("10.96.62.26")).doesNotExist();
    }

    @Test
    void an_authority_goes_with_the_last_mirror_of_its_registry() throws IOException {
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        podman.configure(mirror(QUAY, "https://10.96.62.26"));
        podman.remove(HUB);
        assertThat(authority("10.96.62.26")).exists();
        assertThat(podman.present()).containsExactly(QUAY);
        podman.remove(QUAY);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void an_authority_that_an_interrupted_removal_left_goes_at_the_next_look() throws IOException {
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        Files.delete(dropIn(HUB));
        assertThat(podman.present()).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_mirror_that_moves_leaves_nothing_behind() throws IOException {
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        podman.configure(mirror(HUB, "https://10.96.62.27:5000"));
        assertThat(authority("10.96.62.26")).doesNotExist();
        assertThat(authority("10.96.62.27:5000")).exists();
        podman.remove(HUB);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix = \"docker.io\"\nlocation = \"mirror.example\"",
                "location = \"docker.io\"\n[[registry.mirror]]\nlocation = \"mirror.example\""
            })
    void a_table_that_somebody_else_wrote_for_the_upstream_is_left_to_them(String table) throws IOException {
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        write("etc/containers/registries.conf.d/10-ours.conf", "[[registry]]\n" + table + "\n");
        assertThat(podman.configure(mirror(HUB, "https://10.96.62.26")))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.message()).contains("10-ours.conf", "docker.io", "not write"));
        assertThat(dropIn(HUB)).doesNotExist();
        assertThat(authority("10.96.62.26")).doesNotExist();
        assertThat(podman.configure(mirror(QUAY, "https://10.96.62.26"))).isEqualTo(new Configured());
    }

    @Test
    void a_file_of_others_that_cannot_be_read_is_a_conflict() throws IOException {
        write("etc/containers/registries.conf.d/10-ours.conf", "[[registry\n");
        assertThat(podman.configure(mirror(HUB, "https://10.96.62.26")))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.message()).contains("10-ours.conf can't be read"));
    }

    @Test
    void a_file_of_the_same_name_stays() throws IOException {
        write("etc/containers/registries.conf.d/50-berth-docker.io.conf", "# mine\n");
        assertThat(podman.configure(mirror(HUB, "https://10.96.62.26"))).isInstanceOf(Conflict.class);
        assertThat(podman.remove(HUB)).isEmpty();
        assertThat(dropIn(HUB)).hasContent("# mine\n");
    }

    @Test
    void a_mirror_makes_no_authority_trusted_for_a_name_that_may_be_somebody_else_s() throws IOException {
        for (var endpoint : List.of("https://quay.io", "https://apps.team-a.svc:443")) {
            assertThat(podman.configure(mirror(HUB, endpoint))).isInstanceOf(HostOutcome.Unsupported.class);
            assertThat(NodeTree.of(node)).isEqualTo(before);
        }
    }

    @Test
    void an_address_that_the_library_may_not_know_is_not_given_to_it() throws IOException {
        assertThat(podman.configure(mirror(HUB, "https://[fd00::26]"))).isInstanceOf(HostOutcome.Unsupported.class);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_write_that_was_cut_short_is_found_and_goes() throws IOException {
        write("etc/containers/registries.conf.d/.50-berth-docker.io.conf.berth", "[[regis");
        assertThat(podman.present()).containsExactly(HUB);
        podman.remove(HUB);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_node_without_drop_ins_gets_the_folder_and_loses_it_again() throws IOException {
        Files.delete(node.resolve("etc/containers/registries.conf.d/shortnames.conf"));
        Files.delete(node.resolve("etc/containers/registries.conf.d"));
        before = NodeTree.of(node);
        assertThat(podman.configure(mirror(HUB, "https://10.96.62.26"))).isEqualTo(new Configured());
        assertThat(dropIn(HUB)).exists();
        podman.remove(HUB);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_host_that_becomes_a_registry_is_no_mirror_any_more() {
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        var registry = new RegistryHost(HUB, Endpoint.parse("https://10.96.62.26"), Optional.empty(), FallBack.NONE);
        assertThat(podman.configure(registry)).isEqualTo(new Configured());
        assertThat(dropIn(HUB)).doesNotExist();
        assertThat(node.resolve("etc/hosts")).content().contains("10.96.62.26 docker.io");
        podman.configure(mirror(HUB, "https://10.96.62.26"));
        assertThat(node.resolve("etc/hosts")).hasContent("127.0.0.1 localhost\n");
    }

    private Path dropIn(HostName host) {
        return node.resolve("etc/containers/registries.conf.d/50-berth-" + host + ".conf");
    }

    private Path authority(String registry) {
        return node.resolve("etc/containers/certs.d/" + registry + "/berth-mirror.crt");
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(node.resolve(path).getParent());
        Files.writeString(node.resolve(path), text);
    }

    static RegistryHost mirror(HostName host, String endpoint) {
        return new RegistryHost(
                host,
                Endpoint.parse(endpoint),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.UPSTREAM);
    }
}
