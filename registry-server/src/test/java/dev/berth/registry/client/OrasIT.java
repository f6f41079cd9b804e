package dev.berth.registry.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class OrasIT extends ImageClientContract {
    @Override
    List<String> finder() {
        return List.of("bin/go-client", "oras");
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) {
        return new Oras(home, image, path);
    }

    private record Oras(Path home, SmallImage image, String path) implements ImageClient {
        @Override
        public CommandRun login(Registry registry, String user, String password) {
            return oras(Stream.concat(
                    Stream.of("login", "--username=" + user, "--password=" + password, registry.address()),
                    reach(registry, "--")));
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            return oras(Stream.concat(
                    Stream.of("cp", "--from-oci-layout", image.layout() + ":small", registry.image(repository)),
                    reach(registry, "--to-")));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            return oras(Stream.concat(
                    Stream.of("cp", "--to-oci-layout", registry.image(repository), home.resolve("pulled") + ":small"),
                    reach(registry, "--from-")));
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(SmallImage.digestIn(home.resolve("pulled")));
        }

        /** How to speak with the registry and as whom, for one side of a copy. */
        private Stream<String> reach(Registry registry, String side) {
            var login = side + "registry-config=" + home.resolve("auth.json");
            // It takes localhost to speak plain HTTP unless it's told that it doesn't.
            return registry.certificates().isPresent()
                    ? Stream.of(login, side + "plain-http=false", side + "ca-file=" + registry.certificate())
                    : Stream.of(login, side + "plain-http");
        }

        private CommandRun oras(Stream<String> arguments) {
            var command = new ArrayList<>(List.of("env", "oras"));
            arguments.forEach(command::add);
            return CommandRun.of(Map.of("PATH", path), command);
        }
    }
}
