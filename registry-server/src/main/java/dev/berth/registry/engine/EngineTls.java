package dev.berth.registry.engine;

import dev.berth.registry.reference.FileProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to speak TLS with an engine. All files are PEM.
 *
 * @param verify whether the engine's certificate has to be valid for its address
 * @param ca the authorities that may have issued it; empty for those that Java trusts
 * @param certificate what this client shows; with its key, or neither of both
 */
public record EngineTls(boolean verify, Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    private static final int LARGEST_FILE = 1 << 20;

    public EngineTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw unusable("A client certificate for the Docker Engine needs its key, and the key its certificate:"
                    + " give both --tlscert and --tlskey, or neither.");
        }
    }

    /** The files of a folder with Docker's usual names, those that are there. */
    public static EngineTls in(Path folder, boolean verify) {
        var certificate = file(folder, "cert.pem");
        var key = file(folder, "key.pem");
        var pair = certificate.isPresent() && key.isPresent();
        return new EngineTls(
                verify, file(folder, "ca.pem"), pair ? certificate : Optional.empty(), pair ? key : Optional.empty());
    }

    /** Whether a folder has any of the files that {@link #in} looks for. */
    static boolean isIn(Path folder) {
        return file(folder, "ca.pem").isPresent() || file(folder, "cert.pem").isPresent();
    }

    private static Optional<Path> file(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    /** Throws {@link EngineException} if a file can't be read. */
    void applyTo(HttpClientOptions options) {
        options.setSsl(true).setVerifyHost(verify).setTrustAll(!verify);
        if (verify) {
            ca.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertValue(bytes(file))));
        }
        if (certificate.isPresent() && key.isPresent()) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertValue(bytes(certificate.get()))
                    .setKeyValue(bytes(key.get())));
        }
    }

    private static Buffer bytes(Path file) {
        try (var input = Files.newInputStream(file)) {
            return Buffer.buffer(input.readNBytes(LARGEST_FILE));
        } catch (IOException e) {
            throw unusable("The TLS file can't be read (" + FileProblem.of(e)
                    + "). --tlscacert, --tlscert, --tlskey and DOCKER_CERT_PATH say where the files are.");
        }
    }

    private static EngineException unusable(String sentence) {
        return new EngineException(new EngineFailure.Misconfigured(sentence));
    }
}
