package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.MirrorSource;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How upstreams let a mirror in, and change their minds about it, as a client of the mirror sees it. Each pull is of another image. */
final class UpstreamLoginIT {
    private static final String BASIC = "Basic bWU6aG9yc2U=";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private ScriptedUpstream tokens;
    private Optional<LoopbackServer> opened = Optional.empty();
    private int pulls;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        tokens = ScriptedUpstream.start();
    }

    @AfterEach
    void stop() {
        opened.ifPresent(LoopbackServer::close);
        tokens.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WWW-Authenticate: Basic realm=\"x\"", "X-Nothing: said"})
    void a_token_that_is_revoked_is_dropped_whatever_the_upstream_says_to_it(String answer) {
        wantsTokens("/token", "first");
        var server = open(MirrorSettings.of("docker.io", upstream.url()));
        assertThat(pull(server)).isEqualTo(200);

        wantsTokens("/token", "second");
        var header = answer.split(": ", 2);
        upstream.whenShown("Bearer first", Reaction.status(401, header[0], header[1]));
        upstream.forgetRequests();
        tokens.forgetRequests();

        assertThat(pull(server)).isEqualTo(200);
        assertThat(upstream.asked("/v2/"))
                .as("with the old token, without, with a new one")
                .hasSize(3);
        assertThat(tokens.asked("/token")).hasSize(1);
        assertThat(pull(server)).isEqualTo(200);
        assertThat(upstream.asked("/v2/")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void a_token_service_that_has_moved_is_found_where_it_is_now(int status) {
        wantsTokens("/old", "abc");
        var server = open(MirrorSettings.of("docker.io", upstream.url()));
        assertThat(pull(server)).isEqualTo(200);

        wantsTokens("/new", "def");
        tokens.when("/old", Reaction.status(status));

        for (var i = 0; i < 3; i++) {
            assertThat(pull(server, "library/other" + i)).isEqualTo(200);
        }
        assertThat(tokens.asked("/old")).hasSize(2);
    }

    @Test
    void a_token_service_may_send_on_within_its_domain_and_the_password_goes_only_where_it_may() throws IOException {
        wantsTokens("/token", "abc");
        tokens.when("/token", Reaction.redirect(tokens.url() + "/v2/token"));
        tokens.when("/v2/token", Reaction.redirect(upstream.url() + "/elsewhere"));
        upstream.when("/elsewhere", Reaction.json("{\"token\":\"abc\"}"));
        var server = open(withPassword(List.of(tokens.host())));

        assertThat(pull(server)).isEqualTo(200);
        assertThat(tokens.asked("/token"))
                .hasSize(2)
                .allMatch(request -> request.authorization().equals(Optional.of(BASIC)));

        tokens.when("/v2/token", Reaction.redirect("http://127.0.0.1.example.com/token"));
        assertThat(pull(server, "library/other")).isEqualTo(502);
    }

    @Test
    void a_password_is_tried_where_the_token_service_beside_it_is_not_trusted() throws IOException {
        upstream.unless(
                BASIC,
                "/v2/",
                Reaction.status(
                        401,
                        "WWW-Authenticate",
                        "Bearer realm=\"" + tokens.url() + "/token\",service=\"hub\"",
                        "WWW-Authenticate",
                        "Basic realm=\"x\""));
        var server = open(withPassword(List.of()));

        assertThat(pull(server)).isEqualTo(200);
        assertThat(tokens.asked("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"abc\",\"expires_in\":99999999999999999}",
                "{\"access_token\":\"abc\",\"expires_in\":1e999}",
                "{\"token\":\"\",\"access_token\":\"abc\",\"expires_in\":-1}",
                "{\"token\":\"abc\",\"expires_in\":\"soon\"}"
            })
    void a_token_is_shown_however_long_it_is_said_to_last(String answer) {
        wantsTokens("/token", "abc");
        tokens.when("/token", Reaction.json(answer));

        assertThat(pull(open(MirrorSettings.of("docker.io", upstream.url())))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", "{}", "", "{\"token\":7}", "{\"token\":\"a b\"}", "[[[["})
    void a_token_service_without_a_token_is_said_to_have_none(String answer) {
        wantsTokens("/token", "abc");
        tokens.when("/token", Reaction.json(answer));
        var server = open(MirrorSettings.of("docker.io", upstream.url()));

        var refused = server.get("/v2/docker.io/library/nginx/manifests/1");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body())
                .contains("docker.io: its token service " + tokens.host() + " answers without a token");
    }

    private void wantsTokens(String path, String token) {
        upstream.recover();
        upstream.unless("Bearer " + token, "/v2/", challenge(path));
        tokens.when(path, Reaction.json("{\"token\":\"" + token + "\"}"));
    }

    private Reaction challenge(String path) {
        return Reaction.status(401, "WWW-Authenticate", "Bearer realm=\"" + tokens.url() + path + "\",service=\"hub\"");
    }

    private int pull(LoopbackServer server) {
        return pull(server, "library/nginx");
    }

    private int pull(LoopbackServer server, String repository) {
        pulls++;
        var layer = upstream.blob(repository, ("layer " + pulls).getBytes(UTF_8));
        return server.get("/v2/docker.io/" + repository + "/blobs/" + layer).statusCode();
    }

    private MirrorSettings withPassword(List<String> realms) throws IOException {
        var password = Files.writeString(folder.resolve("password"), "horse\n");
        var settings = MirrorSettings.of("docker.io", upstream.url())
                .with(new UpstreamCredentials.PasswordFile("me", password))
                .openToAll();
        return new MirrorSettings(
                "docker.io",
                "docker.io",
                new MirrorSource(
                        settings.source().url(), settings.source().credentials(), Optional.empty(), realms, true),
                MirrorSettings.INTERVAL,
                false,
                settings.choice(),
                settings.limits());
    }

    private LoopbackServer open(MirrorSettings mirror) {
        var server = LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(mirror));
        opened = Optional.of(server);
        return server;
    }
}
