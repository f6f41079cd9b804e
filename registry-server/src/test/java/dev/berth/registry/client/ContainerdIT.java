package dev.berth.registry.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** containerd by its own command, `ctr`, which logs in with each request instead of once. */
final class ContainerdIT extends ImageClientContract {
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
                                "oci-archive:" + archive + ":small"))
                .orFail();
        var containerd = CtrContainerd.start(home);
        containerd
                .ctr("images", "import", "--no-unpack", "--base-name=small", archive.toString())
                .orFail();
        var local = containerd.ctr("images", "list", "--quiet").orFail().answer();
        return new Containerd(containerd, local);
    }

    private static final class Containerd implements ImageClient {
        private final CtrContainerd containerd;
        private final String local;
        private String credentials = "";

        Containerd(CtrContainerd containerd, String local) {
            this.containerd = containerd;
            this.local = local;
        }

        @Override
        public CommandRun login(Registry registry, String user, String password) {
            credentials = user + ":" + password;
            return push(registry, "login/check");
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            return transfer(registry, "push", remote(registry, repository), local);
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            containerd.ctr("images", "remove", "--sync", local).orFail();
            return transfer(registry, "pull", remote(registry, repository));
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(containerd.digest(remote(registry, repository)));
        }

        private CommandRun transfer(Registry registry, String how, String... names) {
            var arguments = new ArrayList<>(List.of("images", how));
            arguments.add(registry.certificates().isPresent() ? "--hosts-dir=" + hosts(registry) : "--plain-http");
            if (!credentials.isEmpty()) {
                arguments.add("--user=" + credentials);
            }
            arguments.addAll(List.of(names));
            return containerd.ctr(arguments.toArray(String[]::new));
        }

        /** The file that a node's containerd has for a registry; without it, localhost is taken to speak plain HTTP. */
        private Path hosts(Registry registry) {
            try {
                var hosts = containerd.home().resolve("hosts");
                var file = Files.createDirectories(hosts.resolve(registry.address()))
                        .resolve("hosts.toml");
                Files.writeString(file, """
                        server = "https://%1$s"
                        ca = "%2$s"
                        [host."https://%1$s"]
                          capabilities = ["pull", "resolve", "push"]
                          ca = "%2$s"
                        """.formatted(registry.address(), registry.certificate()));
                return hosts;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String remote(Registry registry, String repository) {
            return registry.address() + "/" + repository + ":1";
        }

        @Override
        public void close() {
            containerd.close();
        }
    }
}
