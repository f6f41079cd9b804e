package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Helm's charts, which are OCI artifacts: a chart's name is the last word of its repository and its version the tag. */
final class HelmIT extends ImageClientContract {
    @Override
    List<String> finder() {
        return List.of("bin/go-client", "helm");
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) throws IOException {
        var chart = Files.createDirectories(home.resolve("small"));
        Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: small, version: \"1\"}\n");
        Files.createDirectories(home.resolve("pulled"));
        var helm = new Helm(home, path);
        helm.helm("package", chart.toString(), "--destination=" + home).orFail();
        return helm;
    }

    private static final class Helm implements ImageClient {
        private static final Pattern DIGEST = Pattern.compile("Digest: (sha256:[0-9a-f]{64})");

        private final Path home;
        private final String path;
        private Optional<String> pulled = Optional.empty();

        Helm(Path home, String path) {
            this.home = home;
            this.path = path;
        }

        @Override
        public CommandRun login(Registry registry, String user, String password) {
            return helm(
                    "registry",
                    "login",
                    "--username=" + user,
                    "--password=" + password,
                    reach(registry),
                    registry.address());
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            var folder = repository.substring(0, repository.lastIndexOf('/'));
            return helm(
                    "push",
                    home.resolve("small-1.tgz").toString(),
                    "oci://" + registry.address() + "/" + folder,
                    reach(registry));
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            var run = helm(
                    "pull",
                    "oci://" + registry.address() + "/" + repository,
                    "--version=1",
                    "--destination=" + home.resolve("pulled"),
                    reach(registry));
            pulled = DIGEST.matcher(run.output())
                    .results()
                    .map(found -> found.group(1))
                    .findFirst();
            return run;
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(pulled.orElse("none was said"));
        }

        private static String reach(Registry registry) {
            return registry.certificates().isPresent() ? "--ca-file=" + registry.certificate() : "--plain-http";
        }

        private CommandRun helm(String... arguments) {
            var command = new ArrayList<>(List.of("env", "helm"));
            command.addAll(List.of(arguments));
            return CommandRun.of(Map.of("PATH", path, "HOME", home.toString()), command);
        }
    }
}
