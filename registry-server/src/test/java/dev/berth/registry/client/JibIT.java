package dev.berth.registry.client;

import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jib, by which Maven and Gradle builds push images without Docker. It uses what `docker login` has kept, and has no login of its own. */
final class JibIT extends ImageClientContract {
    @Override
    List<String> finder() {
        return List.of("true"); // a library on the class path
    }

    @Override
    ImageClient open(Path home, SmallImage image, String path) {
        return new JibClient(home, image);
    }

    private static final class JibClient implements ImageClient {
        private final Path home;
        private final SmallImage image;
        private String pulled = "";

        private JibClient(Path home, SmallImage image) {
            this.home = home;
            this.image = image;
        }

        @Override
        public CommandRun login(Registry registry, String user, String password) {
            try {
                var basic = Bcrypt.basic(user, password).replace("Basic ", "");
                Files.writeString(dockerConfig(), """
                        {"auths": {"%s": {"auth": "%s"}}}""".formatted(registry.address(), basic));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return push(registry, "login/check");
        }

        @Override
        public CommandRun push(Registry registry, String repository) {
            return jib(registry, "push", image.layout().resolve("index.json"), repository);
        }

        @Override
        public CommandRun pull(Registry registry, String repository) {
            var pull = jib(registry, "pull", home.resolve("pulled.tar"), repository);
            pulled = pull.answer();
            return pull;
        }

        @Override
        public Optional<String> pulledDigest(Registry registry, String repository) {
            return Optional.of(pulled);
        }

        private CommandRun jib(Registry registry, String what, Path file, String repository) {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
            registry.certificates().ifPresent(_ -> command.addAll(trust(registry)));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), JibProgram.class.getName()));
            command.addAll(List.of(
                    what,
                    file.toString(),
                    registry.image(repository),
                    dockerConfig().toString()));
            command.add(registry.certificates().isEmpty() ? "http" : "https");
            return CommandRun.of(Map.of(), command);
        }

        private Path dockerConfig() {
            return home.resolve("config.json");
        }

        /** Java programs read no PEM. */
        private List<String> trust(Registry registry) {
            var file = home.resolve("trusted.p12");
            var password = "changeit";
            try (var pem = Files.newInputStream(registry.certificate());
                    var output = Files.newOutputStream(file)) {
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setCertificateEntry(
                        "registry", CertificateFactory.getInstance("X.509").generateCertificate(pem));
                store.store(output, password.toCharArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java can keep a certificate", e);
            }
            return List.of("-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=" + password);
        }
    }
}
