package dev.berth.registry.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class RegctlIT extends ImageClientContract {
    @Override
    List<String> finder() {
        return List.of("bin/go-client", "regctl");
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) {
        return new Regctl(home, image, path);
    }

    private record Regctl(Path home, SmallImage image, String path) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            reach(registry);
            return regctl("registry", "login", "--user=" + user, "--pass=" + password, registry.address());
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            reach(registry);
            return regctl("image", "copy", "ocidir://" + image.layout() + ":small", registry.image(repository));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            reach(registry);
            return regctl("image", "copy", registry.image(repository), "ocidir://" + home.resolve("pulled") + ":small");
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(SmallImage.digestIn(home.resolve("pulled")));
        }

        /** Says once how to speak with the registry; the certificate is given as it is, not by its file. */
        private void reach(Registry registry) {
            try {
                var how = registry.certificates().isPresent()
                        ? "--cacert=" + Files.readString(registry.certificate())
                        : "--tls=disabled";
                regctl("registry", "set", "--skip-check", how, registry.address())
                        .orFail();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private CommandRun regctl(String... arguments) {
            var command = new ArrayList<>(List.of("env", "regctl"));
            command.addAll(List.of(arguments));
            return CommandRun.of(
                    Map.of(
                            "PATH",
                            path,
                            "REGCTL_CONFIG",
                            home.resolve("regctl.json").toString()),
                    command);
        }
    }
}
