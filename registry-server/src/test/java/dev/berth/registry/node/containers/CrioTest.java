package dev.berth.registry.node.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.HostOutcome.Configured;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrioTest {
    private static final RegistryHost HUB = MirrorsTest.mirror(new HostName("docker.io"), "https://10.96.62.26");

    @TempDir
    private Path node;

    private Crio crio;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(node.resolve("etc/containers/registries.conf.d"));
        Files.createDirectories(node.resolve("etc/crio/crio.conf.d"));
        Files.writeString(node.resolve("etc/hosts"), "127.0.0.1 localhost\n");
        crio = new Crio(new NodeRoot(node));
    }

    @Test
    void it_is_found_by_its_socket_or_its_configuration() throws IOException {
        assertThat(crio.notApplicable()).isEmpty();
        Files.delete(node.resolve("etc/crio/crio.conf.d"));
        Files.delete(node.resolve("etc/crio"));
        assertThat(crio.notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("no CRI-O here"));
        startedAt(Instant.now());
        assertThat(crio.notApplicable()).isEmpty();
    }

    @Test
    void an_agent_that_does_not_see_its_files_says_which_component_to_add() throws IOException {
        Files.delete(node.resolve("etc/hosts"));
        assertThat(crio.notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("/etc/hosts", "deploy/node/other-runtimes"));
    }

    @Test
    void a_registry_needs_no_restart() throws IOException {
        startedAt(Instant.now().minusSeconds(60));
        var apps = new RegistryHost(
                new HostName("apps.team-a.svc"),
                Endpoint.parse("https://10.96.62.25"),
                Optional.of(new CertificateBundle(Authorities.FIRST)),
                FallBack.NONE);
        assertThat(crio.configure(apps)).isEqualTo(new Configured());
        assertThat(node.resolve("etc/hosts")).content().contains("10.96.62.25 apps.team-a.svc");
        assertThat(node.resolve("etc/containers/certs.d/apps.team-a.svc/ca.crt"))
                .exists();
    }

    @Test
    void a_mirror_that_it_has_not_read_is_told_until_it_was_started_again() throws IOException {
        startedAt(Instant.now().minusSeconds(60));
        assertThat(crio.configure(HUB))
                .isInstanceOfSatisfying(
                        HostOutcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("docker.io", "systemctl restart crio", "auto_reload_registries"));
        startedAt(Instant.now().plusSeconds(60));
        assertThat(crio.configure(HUB)).isEqualTo(new Configured());
    }

    @Test
    void it_may_read_mirrors_by_itself() throws IOException {
        startedAt(Instant.now().minusSeconds(60));
        Files.writeString(
                node.resolve("etc/crio/crio.conf.d/10-reload.conf"), "[crio.image]\nauto_reload_registries = true\n");
        assertThat(crio.configure(HUB)).isEqualTo(new Configured());
        Files.writeString(
                node.resolve("etc/crio/crio.conf.d/20-no.conf"), "[crio.image]\nauto_reload_registries = false\n");
        assertThat(crio.configure(HUB)).isInstanceOf(HostOutcome.Failed.class);
    }

    private void startedAt(Instant time) throws IOException {
        var socket = node.resolve("run/crio/crio.sock");
        Files.createDirectories(socket.getParent());
        if (Files.notExists(socket)) {
            Files.createFile(socket);
        }
        Files.setLastModifiedTime(socket, FileTime.from(time));
    }
}
