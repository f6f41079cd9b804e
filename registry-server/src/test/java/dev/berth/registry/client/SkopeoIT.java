package dev.berth.registry.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SkopeoIT extends ImageClientContract {
    @Override
    ImageClient open(Path home, SmallImage image, String path) {
        return new Skopeo(home, image);
    }

    private record Skopeo(Path home, SmallImage image) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            var login = new ArrayList<>(List.of("login", "--username=" + user, "--password=" + password));
            registry.certificates().ifPresent(folder -> login.add("--cert-dir=" + folder));
            login.add(registry.address());
            return skopeo(login);
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            return copy(registry, "dest", image.transport(), remote(registry, repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            return copy(registry, "src", remote(registry, repository), pulled());
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(skopeo(List.of("inspect", "--format={{.Digest}}", pulled()))
                    .orFail()
                    .answer());
        }

        private CommandRun copy(Registry registry, String side, String from, String to) {
            return skopeo(List.of(
                    "copy",
                    registry.certificates()
                            .map(folder -> "--" + side + "-cert-dir=" + folder)
                            .orElse("--" + side + "-tls-verify=false"),
                    from,
                    to));
        }

        private String pulled() {
            return "oci:" + home.resolve("pulled") + ":small";
        }

        private static String remote(Registry registry, String repository) {
            return "docker://" + registry.address() + "/" + repository + ":1";
        }

        private CommandRun skopeo(List<String> arguments) {
            var command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
            command.addAll(arguments);
            return CommandRun.of(
                    Map.of("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString()), command);
        }
    }
}
