package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PodmanIT extends ImageClientContract {
    @Override
    ImageClient open(Path home, SmallImage image, String path) throws IOException {
        var policy =
                Files.writeString(home.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
        Files.writeString(home.resolve("auth.json"), "{}"); // podman won't read images of a layout without one
        return new Podman(home, image, policy);
    }

    private record Podman(Path home, SmallImage image, Path policy) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            return podman(
                    "login",
                    certificates(registry),
                    "--username=" + user,
                    "--password=" + password,
                    registry.address());
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            podman("pull", "--signature-policy=" + policy, image.transport()).orFail();
            var local = podman("images", "--quiet").orFail().answer();
            return podman(
                    "push",
                    "--signature-policy=" + policy,
                    certificates(registry),
                    local,
                    remote(registry, repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            podman("rmi", "--all", "--force").orFail();
            return podman("pull", "--signature-policy=" + policy, certificates(registry), remote(registry, repository));
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(podman("image", "inspect", "--format={{.Digest}}", remote(registry, repository))
                    .orFail()
                    .answer());
        }

        private static String certificates(Registry registry) {
            return registry.certificates().map(folder -> "--cert-dir=" + folder).orElse("--tls-verify=false");
        }

        private static String remote(Registry registry, String repository) {
            return registry.address() + "/" + repository + ":1";
        }

        private CommandRun podman(String... arguments) {
            var command = new ArrayList<>(List.of(
                    "podman",
                    "--root=" + home.resolve("store"),
                    "--runroot=" + home.resolve("run"),
                    "--storage-driver=vfs",
                    "--log-level=error"));
            command.addAll(List.of(arguments));
            return CommandRun.of(
                    Map.of("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString()), command);
        }
    }
}
