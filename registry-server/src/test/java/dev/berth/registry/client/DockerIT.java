package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Docker's daemon takes registries on localhost without asking for their certificate; that it speaks TLS is tried all the same. */
final class DockerIT extends ImageClientContract {
    /** It tries localhost without TLS too, and then tells of that. */
    @Override
    String[] wrongPassword() {
        return new String[] {"401", "unauthorized", "http://localhost:"};
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) throws IOException {
        var archive = home.resolve("small.tar");
        CommandRun.of(
                        Map.of(),
                        List.of(
                                "skopeo",
                                "--insecure-policy",
                                "copy",
                                image.transport(),
                                "docker-archive:" + archive + ":small:1"))
                .orFail();
        var socket = "unix://" + home.resolve("docker.sock");
        var environment = Map.of(
                "PATH",
                path,
                "DOCKER_HOST",
                socket,
                "DOCKER_CONFIG",
                home.resolve("config").toString());
        var daemon = Daemon.start(
                home,
                path,
                List.of(
                        "env", // looks the daemon up in the path that it's given
                        "dockerd",
                        "--host=" + socket,
                        "--data-root=" + home.resolve("data"),
                        "--exec-root=" + home.resolve("exec"),
                        "--pidfile=" + home.resolve("docker.pid"),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--storage-driver=vfs"),
                () -> docker(environment, "version").succeeded());
        docker(environment, "load", "--input", archive.toString()).orFail();
        Files.delete(archive);
        return new Docker(daemon, environment);
    }

    private static CommandRun docker(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of("env", "docker"));
        command.addAll(List.of(arguments));
        return CommandRun.of(environment, command);
    }

    private record Docker(Daemon daemon, Map<String, String> environment) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            return docker(environment, "login", "--username=" + user, "--password=" + password, registry.address());
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            docker(environment, "tag", "small:1", remote(registry, repository)).orFail();
            return docker(environment, "push", remote(registry, repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            docker(environment, "image", "prune", "--all", "--force").orFail();
            return docker(environment, "pull", remote(registry, repository));
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            var digest = docker(
                            environment,
                            "image",
                            "inspect",
                            "--format={{index .RepoDigests 0}}",
                            remote(registry, repository))
                    .orFail()
                    .answer();
            return Optional.of(digest.substring(digest.indexOf('@') + 1));
        }

        private static String remote(Registry registry, String repository) {
            return registry.address() + "/" + repository + ":1";
        }

        @Override
        public void close() {
            daemon.close();
        }
    }
}
