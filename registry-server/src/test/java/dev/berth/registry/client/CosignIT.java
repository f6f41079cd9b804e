package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cosign with a key of its own and no transparency log: its signature is a referrer of what it signs ("Listing Referrers"). */
final class CosignIT {
    private static final String INDEX =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}";

    @TempDir
    private Path home;

    private String path = "";

    @BeforeEach
    void findTheClient() {
        var found = CommandRun.of(Map.of(), Duration.ofMinutes(20), List.of("bin/go-client", "cosign"));
        path = found.orSkip("CosignIT", "the client") + ":" + System.getenv("PATH");
        cosign("generate-key-pair", List.of("--output-key-prefix=" + home.resolve("own")))
                .orFail();
    }

    @Test
    void a_signature_is_found_over_plain_http() throws IOException, InterruptedException {
        try (var registry = Registry.plain(home.resolve("server"))) {
            signAndVerify(registry, List.of("--allow-http-registry", push(registry)));
        }
    }

    @Test
    void a_signature_is_found_over_tls_with_a_password()
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var registry = Registry.secured(home.resolve("server"))) {
            var image = push(registry);
            var refused = sign(reach(registry, "wrong", image));
            assertThat(refused.succeeded()).as(refused.toString()).isFalse();
            assertThat(refused.output()).containsAnyOf("UNAUTHORIZED", "401");
            signAndVerify(registry, reach(registry, Registry.PASSWORD, image));
        }
    }

    private void signAndVerify(Registry registry, List<String> image) throws IOException, InterruptedException {
        assertThat(verify(image).succeeded()).isFalse();
        sign(image).orFail();
        verify(image).orFail();
        var digest = registry.digest("team/signed", "1");
        var referrers =
                registry.client().send(request(registry, "/referrers/" + digest).build(), BodyHandlers.ofString());
        assertThat(referrers.body()).contains("\"artifactType\":\"application/vnd.dev.sigstore.bundle");
    }

    private CommandRun sign(List<String> image) {
        var arguments = new ArrayList<>(List.of(
                "--key=" + home.resolve("own.key"), "--use-signing-config=false", "--tlog-upload=false", "--yes"));
        arguments.addAll(image);
        return cosign("sign", arguments);
    }

    private CommandRun verify(List<String> image) {
        var arguments = new ArrayList<>(List.of("--key=" + home.resolve("own.pub"), "--insecure-ignore-tlog"));
        arguments.addAll(image);
        return cosign("verify", arguments);
    }

    private static List<String> reach(Registry registry, String password, String image) {
        return List.of(
                "--registry-cacert=" + registry.certificate(),
                "--registry-username=" + Registry.USER,
                "--registry-password=" + password,
                image);
    }

    /** An empty index will do; its name by digest. */
    private static String push(Registry registry) throws IOException, InterruptedException {
        var put = request(registry, "/manifests/1")
                .PUT(BodyPublishers.ofString(INDEX))
                .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                .build();
        assertThat(registry.client().send(put, BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
        return registry.address() + "/team/signed@" + registry.digest("team/signed", "1");
    }

    private static HttpRequest.Builder request(Registry registry, String path) {
        return HttpRequest.newBuilder(registry.server().url("/v2/team/signed" + path))
                .header("Authorization", Bcrypt.basic(Registry.USER, Registry.PASSWORD));
    }

    private CommandRun cosign(String what, List<String> arguments) {
        var command = new ArrayList<>(List.of("env", "cosign", what));
        command.addAll(arguments);
        return CommandRun.of(Map.of("PATH", path, "HOME", home.toString(), "COSIGN_PASSWORD", "locked"), command);
    }
}
