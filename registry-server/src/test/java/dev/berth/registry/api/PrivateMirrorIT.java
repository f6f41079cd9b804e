package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror with credentials, for container runtimes that send the credentials which a pod has for the upstream. */
final class PrivateMirrorIT {
    private static final String PASSWORD = "right:horse";
    private static final String CI = Bcrypt.basic("ci", PASSWORD);
    private static final String MIRROR = Bcrypt.basic("me", "secret");
    private static final String BOB = Bcrypt.basic("bob", "token-of-bob");
    private static final String MANIFEST = "/v2/team/web/manifests/1?ns=docker.io";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private LoopbackServer server;
    private Digest layer;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        upstream.when("/v2/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
        upstream.whenShown(MIRROR, Reaction.NONE);
        upstream.whenShown(BOB, Reaction.NONE);
        upstream.unless(MIRROR, "/v2/other/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
        layer = image("team/web");
        image("other/web");
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", PASSWORD));
        var login = new UpstreamCredentials.PasswordFile("me", Files.writeString(folder.resolve("password"), "secret"));
        server = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.empty()),
                List.of(MirrorSettings.of("docker.io", upstream.url()).with(login)));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void a_pod_gets_what_its_own_login_may_read_at_the_upstream() {
        assertThat(status(MANIFEST, BOB)).isEqualTo(200);
        assertThat(status("/v2/team/web/blobs/" + layer + "?ns=docker.io", BOB)).isEqualTo(200);
        assertThat(status(MANIFEST, BOB)).isEqualTo(200);
        assertThat(shown(BOB)).as("the upstream is asked once").isEqualTo(1);
    }

    @Test
    void it_gets_nothing_else_that_the_mirror_has() {
        assertThat(status("/v2/other/web/manifests/1?ns=docker.io", CI)).isEqualTo(200);
        assertThat(status(MANIFEST, BOB)).isEqualTo(200);

        assertThat(status("/v2/other/web/manifests/1?ns=docker.io", BOB)).isEqualTo(401);
        assertThat(status("/v2/other/web/blobs/" + layer + "?ns=docker.io", BOB))
                .isEqualTo(401);
        assertThat(status("/v2/other/web/tags/list?ns=docker.io", BOB)).isEqualTo(401);
    }

    @Test
    void a_login_that_the_upstream_does_not_know_is_refused_and_asked_about_once() {
        var wrong = Bcrypt.basic("bob", "wrong");
        assertThat(status(MANIFEST, BOB)).isEqualTo(200);

        for (var i = 0; i < 5; i++) {
            var answer = server.get(MANIFEST, "Authorization", wrong);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"berth\"");
        }
        assertThat(shown(wrong)).isEqualTo(1);
    }

    @Test
    void without_a_login_the_runtime_is_asked_for_one() {
        var answer = server.get(MANIFEST);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"berth\"");
    }

    @Test
    void the_password_of_a_user_of_this_registry_never_goes_to_the_upstream() {
        assertThat(status(MANIFEST, CI)).isEqualTo(200);
        assertThat(status(MANIFEST, Bcrypt.basic("ci", "wrong"))).isEqualTo(401);
        assertThat(shown(CI)).isZero();
        assertThat(shown(Bcrypt.basic("ci", "wrong"))).isZero();
    }

    @Test
    void a_login_for_the_registry_itself_never_goes_to_the_upstream() {
        assertThat(status("/v2/docker.io/team/web/manifests/1", BOB)).isEqualTo(401);
        assertThat(status("/v2/docker.io/team/web/manifests/1?ns=quay.io", BOB)).isEqualTo(401);
        assertThat(shown(BOB)).isZero();
    }

    @Test
    void it_never_goes_to_a_token_service_of_another_host() throws IOException {
        try (var elsewhere = ScriptedUpstream.start()) {
            upstream.recover();
            upstream.when(
                    "/v2/", Reaction.status(401, "WWW-Authenticate", "Bearer realm=\"" + elsewhere.url() + "/token\""));
            assertThat(status(MANIFEST, BOB)).isEqualTo(401);
            assertThat(elsewhere.asked("")).isEmpty();
        }
    }

    @Test
    void pods_with_old_passwords_do_not_lock_out_the_users_of_this_registry_on_the_same_node() {
        for (var i = 0; i < 40; i++) {
            assertThat(status(MANIFEST, Bcrypt.basic("pod-" + i, "old"))).isEqualTo(401);
        }
        assertThat(status(MANIFEST, CI)).isEqualTo(200);
    }

    @Test
    void an_upstream_that_is_away_refuses_nobody_for_long() {
        assertThat(status(MANIFEST, CI)).isEqualTo(200);
        upstream.when("HEAD", Reaction.status(503));
        assertThat(status(MANIFEST, BOB)).isEqualTo(401);
        upstream.recover();
        assertThat(status(MANIFEST, BOB)).isEqualTo(200);
    }

    private int status(String path, String authorization) {
        return server.get(path, "Authorization", authorization).statusCode();
    }

    /** How often the upstream was shown a login. */
    private long shown(String authorization) {
        return upstream.asked("").stream()
                .filter(request -> request.authorization().equals(Optional.of(authorization)))
                .count();
    }

    /** An image of one layer, whose digest is returned. */
    private Digest image(String repository) {
        var blob = upstream.blob(repository, "layer".getBytes(UTF_8));
        var manifest = """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%1$s","size":5},"layers":[]}\
            """.formatted(blob);
        upstream.manifest(repository, "1", ScriptedUpstream.IMAGE, manifest.getBytes(UTF_8));
        return blob;
    }
}
