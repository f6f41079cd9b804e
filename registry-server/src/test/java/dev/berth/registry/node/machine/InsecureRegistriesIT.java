package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.client.CommandRun;
import dev.berth.registry.client.Daemon;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of Docker and containerd on the page about insecure registries, taken from the page and tried with both programs. */
@Tag("machine")
final class InsecureRegistriesIT {
    private static final Path PAGE = Path.of("../docs/guides/insecure-registries.md");
    private static final String HOST = "registry.example:5000";
    private static final String IMAGE = HOST + "/web:1";
    private static final String PLAIN = "server gave HTTP response to HTTPS client";
    private static final String UNKNOWN = "certificate signed by unknown authority";

    @TempDir
    private Path folder;

    private Machine machine;

    @BeforeEach
    void startTheMachine() throws IOException {
        machine = Machine.start(folder, Release.DEBIAN_13, List.of(Crictl.PROGRAM));
        Files.writeString(machine.etc("hosts"), "127.0.0.1 localhost\n" + Machine.ADDRESS + " registry.example\n");
    }

    @AfterEach
    void stopTheMachine() throws IOException {
        machine.close();
    }

    @Test
    void docker_pulls_over_plain_http_with_the_setting_of_the_page() throws IOException {
        try (var _ = plainServer()) {
            assertThat(dockerPull(Optional.empty())).contains(PLAIN);
            assertThat(dockerPull(Optional.of(daemonJson()))).contains("Status: Downloaded newer image");
        }
    }

    @Test
    void docker_accepts_an_unknown_certificate_with_the_same_setting() throws Exception {
        try (var _ = securedServer()) {
            assertThat(dockerPull(Optional.empty())).contains(UNKNOWN);
            assertThat(dockerPull(Optional.of(daemonJson()))).contains("Status: Downloaded newer image");
        }
    }

    @Test
    void containerd_pulls_over_plain_http_with_the_setting_of_the_page() throws IOException {
        try (var _ = plainServer();
                var containerd = containerd()) {
            assertRefused(containerd.pull(IMAGE, Optional.empty()), PLAIN);
            write(hostsToml());
            containerd.pull(IMAGE, Optional.empty()).orFail();
        }
    }

    @Test
    void containerd_accepts_an_unknown_certificate_with_the_change_that_the_page_names() throws Exception {
        try (var _ = securedServer();
                var containerd = containerd()) {
            assertRefused(containerd.pull(IMAGE, Optional.empty()), UNKNOWN);
            write(hostsToml().replace("http://", "https://") + "  skip_verify = true\n");
            containerd.pull(IMAGE, Optional.empty()).orFail();
        }
    }

    private ServerProcess plainServer() throws IOException {
        return serve();
    }

    private ServerProcess securedServer() throws IOException, GeneralSecurityException {
        var tls = folder.resolve("tls");
        IssuedCertificate.issueFor("registry.example", InetAddress.getByName(Machine.ADDRESS))
                .write(tls);
        return serve("--tls-cert=" + tls.resolve("tls.crt"), "--tls-key=" + tls.resolve("tls.key"));
    }

    private ServerProcess serve(String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("--host=" + Machine.ADDRESS, "--port=5000"));
        arguments.addAll(Arrays.asList(options));
        var server = new ServerProcess.Launcher(
                        machine.beside(ServerProcess.withJava().program()))
                .start(folder, arguments.toArray(String[]::new));
        push();
        return server;
    }

    private void push() {
        var archive = folder.resolve("web.tar").toString();
        CommandRun.of(Map.of(), Duration.ofMinutes(5), List.of("../e2e/bin/sample-image", IMAGE, archive))
                .orFail();
        machine.runBeside(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--dest-tls-verify=false",
                        "docker-archive:" + archive,
                        "docker://" + Machine.ADDRESS + ":5000/web:1")
                .orFail();
    }

    private ContainerdEngine containerd() throws IOException {
        return ContainerdEngine.start(machine, folder, Optional.of("""
                version = 2
                [plugins."io.containerd.grpc.v1.cri".registry]
                  config_path = "/etc/containerd/certs.d"
                """));
    }

    private void write(String hostsToml) throws IOException {
        var file = machine.etc("containerd/certs.d").resolve(HOST).resolve("hosts.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, hostsToml);
    }

    /** Pulls by a Docker daemon that is started with this `daemon.json`, as the page says to restart it. */
    private String dockerPull(Optional<String> daemonJson) throws IOException {
        var file = machine.etc("docker/daemon.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, daemonJson.orElse("{}"));
        try (var _ = dockerDaemon()) {
            return machine.run("docker", "pull", IMAGE).output();
        } finally {
            // What was started outside of the machine is only nsenter. A daemon that ends removes the file.
            machine.run(
                    "busybox",
                    "sh",
                    "-c",
                    "kill $(cat /run/docker.pid) && while [ -e /run/docker.pid ]; do sleep 0.1; done");
        }
    }

    private Daemon dockerDaemon() throws IOException {
        return machine.daemon(
                Files.createTempDirectory(folder, "docker"),
                List.of("dockerd", "--bridge=none", "--iptables=false", "--ip6tables=false", "--storage-driver=vfs"),
                () -> machine.run("docker", "version").succeeded());
    }

    private static void assertRefused(CommandRun pull, String why) {
        assertThat(pull.succeeded()).as(pull.toString()).isFalse();
        assertThat(pull.output()).contains(why);
    }

    private static String daemonJson() throws IOException {
        return block("**Docker**", "json");
    }

    private static String hostsToml() throws IOException {
        return block("**containerd**", "toml");
    }

    /** The first block of a language after a text of the page. */
    private static String block(String after, String language) throws IOException {
        var page = Files.readString(PAGE);
        var block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .region(page.indexOf(after), page.length());
        assertThat(block.find()).as(after + " has a block of " + language).isTrue();
        return block.group(1);
    }
}
