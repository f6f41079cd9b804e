package dev.berth.registry.node.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.ContainerRuntimeContract;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class PodmanTest extends ContainerRuntimeContract {
    @Override
    protected ContainerRuntime open(Path node) {
        return new Podman(new NodeRoot(node), false);
    }

    @Override
    protected void installOthers(Path node) throws IOException {
        Files.createDirectories(node.resolve("etc/containers/registries.conf.d"));
        Files.writeString(node.resolve("etc/hosts"), "127.0.0.1 localhost\n10.0.0.7 printer # 2nd floor");
        Files.writeString(
                node.resolve("etc/containers/registries.conf"), "unqualified-search-registries = [\"docker.io\"]\n");
        configureByHand(node, new HostName("registry.example:5000"));
    }

    @Override
    protected void configureByHand(Path node, HostName host) throws IOException {
        Files.createDirectories(folder(node, host));
        Files.writeString(folder(node, host).resolve("ca.crt"), Authorities.SECOND);
    }

    @Override
    protected void loseOneFile(Path node, HostName host) throws IOException {
        Files.delete(folder(node, host).resolve("ca.crt"));
    }

    @Override
    protected void tamper(Path node, HostName host) throws IOException {
        Files.writeString(folder(node, host).resolve("ca.crt"), Authorities.SECOND, StandardOpenOption.APPEND);
    }

    @Override
    protected void leaveHalfWritten(Path node, HostName host) throws IOException {
        var aside = certs(node).resolve("." + host + ".berth");
        Files.createDirectories(aside);
        Files.writeString(aside.resolve(".ca.crt.berth"), "-----BEGIN CERT");
        new MarkedFile(aside, "ca.crt").write("-----BEGIN CERT");
    }

    @Override
    protected void obstruct(Path node, HostName host) throws IOException {
        Files.createDirectories(certs(node));
        Files.writeString(certs(node).resolve("." + host + ".berth"), "a file where a folder is to be made");
    }

    @Test
    void podman_is_found_by_its_program_and_serves_no_kubelet(@TempDir Path node) throws IOException {
        var podman = new Podman(new NodeRoot(node), false);
        assertThat(podman.notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("no podman here"));
        Files.createDirectories(node.resolve("usr/bin"));
        Files.createFile(node.resolve("usr/bin/podman"));
        assertThat(podman.notApplicable()).isEmpty();
        assertThat(new Podman(new NodeRoot(node), true).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("serves no kubelet"));
    }

    private static Path certs(Path node) {
        return node.resolve("etc/containers/certs.d");
    }

    private static Path folder(Path node, HostName host) {
        return certs(node).resolve(host.text());
    }
}
