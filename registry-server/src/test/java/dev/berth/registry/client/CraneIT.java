package dev.berth.registry.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** crane, of Google's go-containerregistry, which keeps a password without trying it. */
final class CraneIT extends ImageClientContract {
    @Override
    List<String> finder() {
        return List.of("bin/go-client", "crane");
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) {
        return new Crane(home, image, path);
    }

    private record Crane(Path home, SmallImage image, String path) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            crane(registry, "auth", "login", "--username=" + user, "--password=" + password, registry.address())
                    .orFail();
            return push(registry, "login/check");
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            return crane(registry, "push", image.layout().toString(), registry.image(repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            return crane(registry, "pull", "--format=oci", registry.image(repository), pulled().toString());
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(SmallImage.digestIn(pulled()));
        }

        private Path pulled() {
            return home.resolve("pulled");
        }

        private CommandRun crane(Registry registry, String... arguments) {
            var environment = new HashMap<>(Map.of("PATH", path, "DOCKER_CONFIG", home.toString()));
            registry.certificates()
                    .ifPresent(_ -> environment.put(
                            "SSL_CERT_FILE", registry.certificate().toString()));
            var command = new ArrayList<>(List.of("env", "crane"));
            command.addAll(List.of(arguments));
            return CommandRun.of(environment, command);
        }
    }
}
