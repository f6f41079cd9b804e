package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class BuildahIT extends ImageClientContract {
    @Override
    ImageClient open(Path home, SmallImage image, String path) throws IOException {
        var policy =
                Files.writeString(home.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
        Files.writeString(home.resolve("auth.json"), "{}");
        return new Buildah(home, image, policy);
    }

    private record Buildah(Path home, SmallImage image, Path policy) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            return buildah(
                    "login",
                    certificates(registry),
                    "--username=" + user,
                    "--password=" + password,
                    registry.address());
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            var local = buildah("pull", "--signature-policy=" + policy, image.transport())
                    .orFail()
                    .answer();
            return buildah(
                    "push",
                    "--signature-policy=" + policy,
                    certificates(registry),
                    local,
                    "docker://" + registry.image(repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            buildah("rmi", "--all", "--force").orFail();
            return buildah("pull", "--signature-policy=" + policy, certificates(registry), registry.image(repository));
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(buildah("images", "--format={{.Digest}}", registry.image(repository))
                    .orFail()
                    .answer());
        }

        private static String certificates(Registry registry) {
            return registry.certificates().map(folder -> "--cert-dir=" + folder).orElse("--tls-verify=false");
        }

        private CommandRun buildah(String... arguments) {
            var command = new ArrayList<>(List.of(
                    "buildah",
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
