package dev.berth.registry.client;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server for somebody else's client.
 *
 * @param certificates the folder with the certificate that it shows, if it speaks TLS
 */
record Registry(ServerProcess server, Optional<Path> certificates, HttpClient client) implements AutoCloseable {
    static final String USER = "ci";
    static final String PASSWORD = "right:horse";

    /** Without TLS, for everybody. */
    static Registry plain(Path folder) throws IOException {
        return new Registry(
                ServerProcess.start(Files.createDirectories(folder)), Optional.empty(), HttpClient.newHttpClient());
    }

    /** With TLS, for one user. */
    static Registry secured(Path folder) throws IOException, GeneralSecurityException {
        return secured(folder, false);
    }

    /** Without TLS, for one user. Of a refusal over TLS, Docker says at localhost only that it tried without TLS, too. */
    static Registry withPassword(Path folder) throws IOException {
        var users = Files.writeString(Files.createDirectories(folder).resolve("users"), Bcrypt.line(USER, PASSWORD));
        return new Registry(
                ServerProcess.start(folder, "--users", users.toString()), Optional.empty(), HttpClient.newHttpClient());
    }

    /** With TLS; everybody may pull, one user may push. */
    static Registry openToReaders(Path folder) throws IOException, GeneralSecurityException {
        return secured(folder, true);
    }

    private static Registry secured(Path folder, boolean anonymousPull) throws IOException, GeneralSecurityException {
        var tls = folder.resolve("tls");
        var certificate = IssuedCertificate.issue(1);
        certificate.write(tls);
        // What clients look for in a folder of certificates ends in .crt; tls.key beside it must not look like theirs.
        var trusted = Files.createDirectories(folder.resolve("trusted"));
        Files.copy(tls.resolve("tls.crt"), trusted.resolve("ca.crt"));
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line(USER, PASSWORD));
        var config = Files.writeString(
                folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %1$s}}
                tls: {certificate: %2$s/tls.crt, key: %2$s/tls.key}
                access: {users: %3$s, anonymousPull: %4$s}
                """.formatted(folder.resolve("data"), tls, users, anonymousPull));
        return new Registry(
                ServerProcess.start(folder, "--config", config.toString()),
                Optional.of(trusted),
                HttpClient.newBuilder().sslContext(certificate.trust()).build());
    }

    /** What stands before an image's name. */
    String address() {
        return "localhost:" + server.port();
    }

    /** The image that the tests push to a repository, in full. */
    String image(String repository) {
        return address() + "/" + repository + ":1";
    }

    /** Of the server that speaks TLS. */
    Path certificate() {
        return certificates.orElseThrow().resolve("ca.crt");
    }

    /** Pushes an image as {@link #USER}, to a registry with TLS. */
    void push(SmallImage image, String repository) {
        CommandRun.of(
                        Map.of(),
                        List.of(
                                "skopeo",
                                "--insecure-policy",
                                "copy",
                                "--dest-cert-dir=" + certificates.orElseThrow(),
                                "--dest-creds=" + USER + ":" + PASSWORD,
                                image.transport(),
                                "docker://" + image(repository)))
                .orFail();
    }

    /** The digest that the server gives for a tag. */
    String digest(String repository, String tag) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.url("/v2/" + repository + "/manifests/" + tag))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Authorization", Bcrypt.basic(USER, PASSWORD))
                .header("Accept", "*/*")
                .build();
        var answer = client.send(request, BodyHandlers.discarding());
        return answer.headers().firstValue("Docker-Content-Digest").orElse("none, but " + answer.statusCode());
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
