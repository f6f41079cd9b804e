package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.Groups;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.ScriptedIssuer;
import dev.berth.registry.access.Subject;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of pods without a pull secret: kubelet sends the token of their service account. */
final class PodPullIT {
    private static final String CI = Bcrypt.basic("ci", "secret");
    private static final String MIRROR = Bcrypt.basic("me", "secret");
    private static final String WEB = "/v2/web/manifests/1";
    private static final String MIRRORED = "/v2/acme/web/manifests/1?ns=quay.io";

    @TempDir
    private Path folder;

    private ScriptedIssuer issuer;
    private ScriptedUpstream upstream;
    private LoopbackServer server;

    /** The first line of an answer. */
    private record Status(int code, String reason) {}

    @BeforeEach
    void start() throws IOException {
        issuer = ScriptedIssuer.start(Clock.systemUTC());
        upstream = ScriptedUpstream.start();
        upstream.when("/v2/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
        upstream.whenShown(MIRROR, Reaction.NONE);
        var blob = upstream.blob("acme/web", "layer".getBytes(UTF_8));
        upstream.manifest("acme/web", "1", ScriptedUpstream.IMAGE, manifest(blob.toString()));
        server = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(
                        Optional.of(Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"))),
                        Groups.NONE,
                        AnonymousPull.NONE,
                        Optional.of(List.of(
                                new AccessRule(
                                        Set.of("ci"),
                                        List.of(new RepositoryGlob("**")),
                                        Set.of(Action.PULL, Action.PUSH)),
                                new AccessRule(
                                        List.of(new Subject.ServiceAccount("team-b", Optional.of("web"))),
                                        List.of(new RepositoryGlob("web"), new RepositoryGlob("quay.io/acme/*")),
                                        Set.of(Action.PULL)))),
                        Optional.of(issuer.settings()),
                        Optional.empty()),
                List.of(MirrorSettings.of("quay.io", upstream.url())
                        .with(new UpstreamCredentials.PasswordFile(
                                "me", Files.writeString(folder.resolve("password"), "secret")))));
        push("web");
        push("other");
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
        issuer.close();
    }

    @Test
    void a_pod_whose_service_account_a_rule_allows_pulls() throws IOException {
        assertThat(head(WEB, pod("team-b", "web", "team-a.svc")).code()).isEqualTo(200);
        assertThat(head(MIRRORED, pod("team-b", "web", "team-a.svc/quay.io")).code())
                .isEqualTo(200);
    }

    @Test
    void one_that_no_rule_allows_is_told_so_in_the_line_that_runtimes_report() throws IOException {
        for (var repository : List.of("web", "other", "missing")) {
            assertThat(head("/v2/" + repository + "/manifests/1", pod("team-b", "default", "team-a.svc")))
                    .isEqualTo(new Status(
                            403,
                            "Forbidden: no access rule allows service account team-b/default to pull " + repository));
        }
        assertThat(head(MIRRORED, pod("team-c", "web", "team-a.svc/quay.io")))
                .isEqualTo(new Status(
                        403, "Forbidden: no access rule allows service account team-c/web to pull quay.io/acme/web"));
    }

    @Test
    void a_token_for_a_mirror_opens_nothing_else() throws IOException {
        assertThat(head(WEB, pod("team-b", "web", "team-a.svc/quay.io")))
                .isEqualTo(new Status(
                        403, "Forbidden: this token of service account team-b/web is only for images of quay.io"));
    }

    @Test
    void a_token_for_the_registries_of_another_tenant_opens_nothing() throws IOException {
        for (var path : List.of(WEB, MIRRORED)) {
            var refused = head(path, pod("team-b", "web", "team-c.svc"));
            assertThat(refused.code()).isEqualTo(401);
            assertThat(refused.reason())
                    .startsWith("Unauthorized: the service account's token has ended or is for another registry");
        }
    }

    @Test
    void no_token_goes_to_the_upstream_of_a_mirror() throws IOException {
        for (var token : List.of(
                pod("team-b", "web", "team-a.svc/quay.io"),
                pod("team-c", "web", "team-a.svc/quay.io"),
                pod("team-b", "web", "team-c.svc"))) {
            head(MIRRORED, token);
            assertThat(upstream.asked(""))
                    .noneMatch(request -> request.authorization().equals(Optional.of(token)));
        }
    }

    private String pod(String namespace, String account, String audience) {
        var claims = issuer.claims(namespace, account);
        claims.put("aud", audience);
        return Bcrypt.basic("serviceaccount", issuer.signed(claims));
    }

    private Status head(String path, String authorization) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://" + server.address() + path).toURL().openConnection();
        connection.setRequestMethod("HEAD");
        connection.setRequestProperty("Authorization", authorization);
        return new Status(connection.getResponseCode(), connection.getResponseMessage());
    }

    private void push(String repository) {
        var layer = Algorithm.SHA256.digestOf("layer".getBytes(UTF_8)).toString();
        var path = "/v2/" + repository;
        assertThat(server.send("POST", path + "/blobs/uploads/?digest=" + layer, "layer", "Authorization", CI)
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.send(
                                "PUT",
                                path + "/manifests/1",
                                new String(manifest(layer), UTF_8),
                                "Authorization",
                                CI,
                                "Content-Type",
                                ScriptedUpstream.IMAGE)
                        .statusCode())
                .isEqualTo(201);
    }

    private static byte[] manifest(String digest) {
        return """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%s","size":5},"layers":[]}\
            """.formatted(digest).getBytes(UTF_8);
    }
}
