package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.docker.ContainerOwner;
import dev.berth.e2e.docker.DockerHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The image of the server as a registry that one command starts: `docker load`, `docker run`, tag, push, pull. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerImageE2E {
    private static final String SERVER = "berth.dev/berth-server:0.1.0";
    private static final String HELLO = "localhost/hello:1";

    private final DockerHost docker = DockerHost.choose();
    private final List<String> containers = new ArrayList<>();

    /** The address of this machine as containers see it, with the port of the registry. */
    private String host = "";

    private String port = "";
    private String pushed = "";

    @BeforeAll
    void run_it_and_push_to_it(@TempDir Path folder) {
        docker("load", "--input", "../deploy/target/images/berth-server.tar");
        host = docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}");
        port = freePort();
        // Not on all addresses, as a plain -p 5000:5000 would: a test opens nothing to this machine's neighbours.
        run("--publish", "127.0.0.1:" + port + ":5000", "--publish", host + ":" + port + ":5000", SERVER);
        awaitRegistry();
        var archive = folder.resolve("hello.tar").toString();
        Checkout.script(Map.of(), "sample-image", HELLO, archive);
        docker("load", "--input", archive);
        pushed = atLocalhost("/hello:1");
        docker("image", "tag", HELLO, pushed);
        docker("push", "--quiet", pushed);
    }

    @AfterAll
    void remove() {
        containers.forEach(id -> docker("rm", "--force", "--volumes", id));
        docker("image", "rm", "--force", pushed, atLocalhost("/from/a/container:2"), HELLO, SERVER);
        docker.close();
    }

    @Test
    void what_was_pushed_to_localhost_is_pulled_from_localhost_and_runs() {
        docker("image", "rm", pushed, HELLO);

        docker("pull", "--quiet", pushed);

        assertThat(docker("run", "--rm", "--entrypoint", "/bin/echo", pushed, "pulled"))
                .isEqualTo("pulled");
    }

    @Test
    void another_container_pulls_and_pushes_by_the_hosts_address(@TempDir Path folder) throws IOException {
        var neighbour = run(SERVER);
        var atHost = "docker://" + host + ":" + port;

        skopeoIn(neighbour, "--src-tls-verify=false", atHost + "/hello:1", "dir:" + folder);
        skopeoIn(neighbour, "--dest-tls-verify=false", "dir:" + folder, atHost + "/from/a/container:2");

        assertThat(Files.readString(folder.resolve("manifest.json"))).contains("layers");
        docker("pull", "--quiet", atLocalhost("/from/a/container:2"));
    }

    /** OpenShift gives the pods of each namespace a user of their own, in the group 0. */
    @Test
    void it_serves_as_any_user() {
        var any = run(
                "--user",
                "1000680000:0",
                "--tmpfs",
                "/data:uid=1000680000,mode=0700",
                SERVER,
                "serve",
                "--data",
                "/data");
        var process = docker("inspect", any, "--format", "{{.State.Pid}}");
        Processes.output(
                List.of(
                        "nsenter",
                        "--net=/proc/" + process + "/ns/net",
                        "curl",
                        "-fsS",
                        "--retry",
                        "30",
                        "--retry-delay",
                        "1",
                        "--retry-all-errors",
                        "http://127.0.0.1:5000/v2/"),
                Map.of());
    }

    private String atLocalhost(String image) {
        return "localhost:" + port + image;
    }

    /** A client in the network of a container. */
    private void skopeoIn(String container, String... arguments) {
        var process = docker("inspect", container, "--format", "{{.State.Pid}}");
        var command = Stream.concat(
                Stream.of("nsenter", "--net=/proc/" + process + "/ns/net", "skopeo", "copy", "--quiet"),
                Stream.of(arguments));
        Processes.output(command.toList(), Map.of());
    }

    private String run(String... arguments) {
        var options = Stream.concat(
                Stream.of("run", "--detach", "--read-only", "--tmpfs", "/tmp"),
                ContainerOwner.thisProcess().label().entrySet().stream()
                        .map(label -> "--label=" + label.getKey() + "=" + label.getValue()));
        var id = docker(Stream.concat(options, Stream.of(arguments)).toArray(String[]::new));
        containers.add(id);
        return id;
    }

    private void awaitRegistry() {
        var url = "http://127.0.0.1:" + port + "/v2/";
        Processes.output(
                List.of("curl", "-fsS", "--retry", "30", "--retry-delay", "1", "--retry-all-errors", url), Map.of());
    }

    private String docker(String... arguments) {
        var command = Stream.concat(Stream.of(program()), Stream.of(arguments)).toList();
        return Processes.output(command, Map.of("DOCKER_HOST", docker.address().toString()));
    }

    /** The Docker client of this machine, else the one of our own daemon. */
    private static String program() {
        var own = Checkout.cache().resolve("docker-debian13/usr/bin/docker");
        return Files.isExecutable(own) ? own.toString() : "docker";
    }

    private static String freePort() {
        try (var socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
