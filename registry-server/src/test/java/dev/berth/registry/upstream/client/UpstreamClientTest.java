package dev.berth.registry.upstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.TunnelProxy;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpstreamClientTest {
    private static final RepositoryName NGINX = new RepositoryName("library/nginx");
    private static final Tag TAG = new Tag("1");
    private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private final StoppedClock clock = new StoppedClock();
    private ScriptedUpstream upstream;
    private ScriptedUpstream other;
    private UpstreamHosts hosts;

    @BeforeEach
    void open() throws IOException {
        upstream = ScriptedUpstream.start();
        other = ScriptedUpstream.start();
        hosts = new UpstreamHosts(clock, Map.of());
    }

    @AfterEach
    void close() {
        hosts.close();
        upstream.close();
        other.close();
    }

    @Test
    void a_manifest_is_had_by_tag_and_by_digest() throws InterruptedException {
        var digest = upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);

        assertThat(client().manifest(NGINX, TAG).digest()).isEqualTo(digest);
        assertThat(client().manifest(NGINX, digest).bytes()).isEqualTo(MANIFEST);
        assertThat(client().head(NGINX, TAG))
                .isEqualTo(new UpstreamDescriptor(digest, ScriptedUpstream.IMAGE, MANIFEST.length));
    }

    @Test
    void a_manifest_with_another_digest_is_malformed() {
        var digest = upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        upstream.put("/v2/library/nginx/manifests/" + digest, ScriptedUpstream.IMAGE, "{}".getBytes(UTF_8));

        assertThat(failure(() -> client().manifest(NGINX, digest))).isInstanceOf(UpstreamFailure.Malformed.class);
    }

    @Test
    void a_blob_comes_in_pieces_and_its_rest_from_where_it_broke_off() throws InterruptedException {
        var digest = upstream.blob("library/nginx", "some bytes".getBytes(UTF_8));

        assertThat(read(client().blob(NGINX, digest))).isEqualTo("some bytes");
        assertThat(read(client().blob(NGINX, digest, 5))).isEqualTo("bytes");
    }

    @Test
    void a_blob_that_is_cut_is_unreachable_from_there_on() {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", Reaction.cutAfter(10));

        assertThat(failure(() -> read(client().blob(NGINX, digest)))).isInstanceOf(UpstreamFailure.Unreachable.class);
    }

    @Test
    void who_has_no_such_thing_is_told_from_who_does_not_answer() {
        upstream.when("/broken/", Reaction.status(503));
        upstream.when("/forbidden/", Reaction.status(403));

        assertThat(failure(() -> client().head(NGINX, TAG))).isInstanceOf(UpstreamFailure.Missing.class);
        assertThat(failure(() -> client().head(new RepositoryName("forbidden/x"), TAG)))
                .isInstanceOf(UpstreamFailure.Refused.class);
        assertThat(failure(() -> client().head(new RepositoryName("broken/x"), TAG)))
                .isEqualTo(new UpstreamFailure.Unreachable("it answers 503 when asked for broken/x:1"));
    }

    @Test
    void an_upstream_that_hangs_is_waited_for_no_longer_than_was_said() {
        var never = new CountDownLatch(1);
        upstream.when("/manifests/", Reaction.heldBy(never));

        var from = System.nanoTime();
        var failure = failure(() -> client().within(Duration.ofMillis(300)).head(NGINX, TAG));
        never.countDown();

        assertThat(failure).isInstanceOf(UpstreamFailure.Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_limit_stops_every_client_of_the_host_until_it_is_over() throws InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        upstream.when("/manifests/", Reaction.status(429, "Retry-After", "120", "RateLimit-Remaining", "0;w=21600"));

        assertThat(failure(() -> client().head(NGINX, TAG)))
                .isEqualTo(new UpstreamFailure.Limited(
                        "it was asked too often; it may be asked again in 120 s", Duration.ofMinutes(2)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(failure(() -> client().head(NGINX, TAG)))
                .isEqualTo(new UpstreamFailure.Limited(
                        "it was asked too often; it may be asked again in 120 s", Duration.ofMinutes(1)));
        assertThat(upstream.asked("/manifests/")).hasSize(1);
        assertThat(client().limitRemaining()).hasValue(0);

        upstream.recover();
        clock.advance(Duration.ofMinutes(1));
        client().head(NGINX, TAG);
    }

    @Test
    void an_upstream_that_failed_twice_is_left_alone_for_a_while() {
        upstream.when("/manifests/", Reaction.status(500));
        for (var i = 0; i < 5; i++) {
            assertThat(failure(() -> client().head(NGINX, TAG))).isInstanceOf(UpstreamFailure.Unreachable.class);
        }

        assertThat(upstream.asked("/manifests/")).hasSize(2);
    }

    @Test
    void a_token_is_asked_for_once_for_each_repository() throws InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        upstream.manifest("library/redis", "1", ScriptedUpstream.IMAGE, MANIFEST);
        wantTokens(upstream.url() + "/token");
        var client = client();

        for (var i = 0; i < 3; i++) {
            client.head(NGINX, TAG);
            client.head(new RepositoryName("library/redis"), TAG);
        }

        assertThat(upstream.asked("GET /token"))
                .extracting(ScriptedUpstream.Asked::path)
                .containsExactly(
                        "/token?service=hub&scope=repository%3Alibrary%2Fnginx%3Apull",
                        "/token?service=hub&scope=repository%3Alibrary%2Fredis%3Apull");
        // Only the first request was refused; then the client knows how to log in.
        assertThat(upstream.asked("HEAD /v2/")).hasSize(7);
    }

    @Test
    void credentials_go_to_the_upstreams_own_host() throws IOException, InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        wantTokens(upstream.url() + "/token");

        client(Set.of()).head(NGINX, TAG);

        assertThat(upstream.asked("GET /token").getFirst().authorization()).contains("Basic bWU6aG9yc2U=");
    }

    @Test
    void credentials_never_go_to_a_foreign_realm() throws IOException {
        wantTokens(other.url() + "/token");
        other.when("/token", Reaction.json("{\"token\":\"abc\"}"));

        var client = client(Set.of());

        assertThat(failure(() -> client.head(NGINX, TAG)))
                .isEqualTo(new UpstreamFailure.Unauthorized("it asks for its credentials to be sent to " + other.host()
                        + ", which is not among the `realms` that may receive them"));
        assertThat(other.asked("")).isEmpty();
    }

    @Test
    void credentials_go_to_a_realm_that_the_settings_name() throws IOException, InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        wantTokens(other.url() + "/token");
        other.when("/token", Reaction.json("{\"token\":\"abc\"}"));

        client(Set.of(other.host())).head(NGINX, TAG);

        assertThat(other.asked("/token").getFirst().authorization()).contains("Basic bWU6aG9yc2U=");
    }

    @Test
    void a_password_is_shown_to_who_asks_for_it_and_read_again_each_time() throws IOException, InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        upstream.unless("Basic bWU6aG9yc2U=", "/v2/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
        var client = client(Set.of());

        client.head(NGINX, TAG);
        client.head(NGINX, TAG);
        assertThat(upstream.asked("/v2/")).hasSize(3);

        Files.writeString(folder.resolve("password"), "another");
        assertThat(failure(() -> client.head(NGINX, TAG))).isInstanceOf(UpstreamFailure.Unauthorized.class);
    }

    @Test
    void a_redirect_takes_no_credentials_to_another_host() throws IOException, InterruptedException {
        var digest = other.blob("library/nginx", "bytes".getBytes(UTF_8));
        upstream.when("/blobs/", Reaction.redirect(other.url() + "/v2/library/nginx/blobs/" + digest));
        upstream.unless("Basic bWU6aG9yc2U=", "/v2/", Reaction.status(401, "WWW-Authenticate", "Basic realm=\"x\""));

        assertThat(read(client(Set.of()).blob(NGINX, digest))).isEqualTo("bytes");
        assertThat(upstream.asked("/blobs/").getLast().authorization()).isPresent();
        assertThat(other.asked("").getFirst().authorization()).isEmpty();
    }

    @Test
    void redirects_in_a_circle_end() {
        var digest = upstream.blob("library/nginx", new byte[10]);
        upstream.when("/blobs/", Reaction.redirect("/v2/library/nginx/blobs/" + digest));

        assertThat(failure(() -> client().blob(NGINX, digest)))
                .isEqualTo(new UpstreamFailure.Malformed("it redirects library/nginx@" + digest + " in a circle"));
        assertThat(upstream.asked("/blobs/")).hasSize(6);
    }

    @Test
    void huge_lists_of_tags_come_page_by_page() throws InterruptedException {
        upstream.when("tags/list?n=1000&last=b", Reaction.json("{\"name\":\"library/nginx\",\"tags\":[\"c\"]}"));
        upstream.when(
                "tags/list?n=1000",
                Reaction.json(
                        "{\"name\":\"library/nginx\",\"tags\":[\"a\",\"b\",\"not a tag\"]}",
                        "Link",
                        "</v2/library/nginx/tags/list?n=1000&last=b>; rel=\"next\""));
        upstream.when("last=b", Reaction.json("{\"name\":\"library/nginx\",\"tags\":[\"c\"]}"));

        assertThat(client().tags(NGINX))
                .isEqualTo(new TagListing.Listed(List.of(new Tag("a"), new Tag("b"), new Tag("c"))));
    }

    @Test
    void pages_that_lead_back_to_the_first_are_no_list() throws InterruptedException {
        upstream.when("/tags/list", Reaction.json("{\"tags\":[\"a\"]}", "Link", "<?n=1>; rel=next"));

        assertThat(client().tags(NGINX)).isInstanceOf(TagListing.Malformed.class);
        assertThat(upstream.asked("/tags/list")).hasSize(2);
    }

    @Test
    void referrers_are_found_by_the_tag_where_there_is_no_list_of_them() throws InterruptedException {
        var digest = upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        var index = "{\"manifests\":[{\"digest\":\"" + digest + "\",\"artifactType\":\"sig\"}]}";
        upstream.manifest("library/nginx", "sha256-" + digest.hex(), ScriptedUpstream.INDEX, index.getBytes(UTF_8));

        assertThat(client().referrers(NGINX, digest))
                .containsExactly(new UpstreamReferrer(
                        digest, Optional.empty(), OptionalLong.empty(), Optional.of("sig"), Optional.empty()));
    }

    @Test
    void a_date_to_come_back_at_is_read_by_the_clock_of_who_has_sent_it() {
        var there = ZonedDateTime.now(ZoneOffset.UTC); // ours is days behind
        upstream.when(
                "/manifests/",
                Reaction.status(
                        429, "Retry-After", there.plusSeconds(90).format(DateTimeFormatter.RFC_1123_DATE_TIME)));

        assertThat(failure(() -> client().head(NGINX, TAG)))
                .isInstanceOfSatisfying(
                        UpstreamFailure.Limited.class,
                        limited -> assertThat(limited.retryAfter())
                                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(91)));
    }

    @Test
    void a_token_is_shown_for_as_long_as_it_lasts_whatever_the_clock_here_says() throws InterruptedException {
        upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        wantTokens(upstream.url() + "/token");
        var issued = ZonedDateTime.now(ZoneOffset.UTC).plusYears(1);
        upstream.when(
                "/token", Reaction.json("{\"token\":\"abc\",\"expires_in\":300,\"issued_at\":\"" + issued + "\"}"));
        var client = client();

        client.head(NGINX, TAG);
        clock.advance(Duration.ofSeconds(200));
        client.head(NGINX, TAG);
        assertThat(upstream.asked("/token")).hasSize(1);
        clock.advance(Duration.ofSeconds(100));
        client.head(NGINX, TAG);
        assertThat(upstream.asked("/token")).hasSize(2);
    }

    @Test
    void a_proxy_gets_its_password_and_the_upstream_never_does() throws InterruptedException {
        var digest = upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
        other.put(upstream.url() + "/v2/library/nginx/manifests/" + digest, ScriptedUpstream.IMAGE, MANIFEST);
        try (var proxied = new UpstreamHosts(
                clock, Map.of("HTTP_PROXY", "http://me:horse@" + other.host(), "NO_PROXY", "127.0.0.2"))) {
            var client = UpstreamClient.of(Upstream.open("it", upstream.url()), proxied);
            assertThat(client.manifest(NGINX, digest).bytes()).isEqualTo(MANIFEST);
        }
        client().manifest(NGINX, digest);

        assertThat(other.asked("GET http://").getFirst().proxyAuthorization()).contains("Basic bWU6aG9yc2U=");
        assertThat(upstream.asked("GET"))
                .hasSize(1)
                .allMatch(request -> request.proxyAuthorization().isEmpty());
    }

    @Test
    void a_proxy_that_takes_another_password_is_told_of_as_what_is_wrong() throws Exception {
        try (var proxy = TunnelProxy.start("Basic bWU6aG9yc2U=");
                var proxied = new UpstreamHosts(clock, Map.of("HTTPS_PROXY", "http://me:cow@" + proxy.host()))) {
            var client = UpstreamClient.of(Upstream.open("it", URI.create("https://127.0.0.9:1")), proxied);

            assertThat(failure(() -> client.head(NGINX, TAG)))
                    .isEqualTo(new UpstreamFailure.Unreachable(
                            "the proxy opens no tunnel to 127.0.0.9:1: it answers 407"));
        }
    }

    @Test
    void a_proxy_gets_its_password_for_a_tunnel_and_the_upstream_never_does() throws Exception {
        var certificate = IssuedCertificate.issue(1);
        certificate.write(folder);
        try (var secure = ScriptedUpstream.start(certificate.identity(), 0);
                var proxy = TunnelProxy.start("Basic bWU6aG9yc2U=");
                var proxied = new UpstreamHosts(clock, Map.of("HTTPS_PROXY", "http://me:horse@" + proxy.host()))) {
            var digest = secure.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, MANIFEST);
            var address = new Upstream(
                    "it", secure.url(), Optional.empty(), Optional.of(folder.resolve("tls.crt")), Set.of());

            assertThat(UpstreamClient.of(address, proxied)
                            .manifest(NGINX, digest)
                            .bytes())
                    .isEqualTo(MANIFEST);
            assertThat(proxy.asked()).contains("CONNECT " + secure.host() + " HTTP/1.1");
            assertThat(secure.asked(""))
                    .hasSize(1)
                    .allMatch(request -> request.proxyAuthorization().isEmpty());
        }
    }

    private void wantTokens(String realm) {
        upstream.unless(
                "Bearer abc",
                "/v2/",
                Reaction.status(401, "WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"hub\""));
        upstream.when("/token", Reaction.json("{\"token\":\"abc\"}"));
    }

    private UpstreamClient client() {
        return UpstreamClient.of(Upstream.open("it", upstream.url()), hosts);
    }

    private UpstreamClient client(Set<String> realms) throws IOException {
        var password = Files.writeString(folder.resolve("password"), "horse\n");
        var credentials = new UpstreamCredentials.PasswordFile("me", password);
        return UpstreamClient.of(
                new Upstream("it", upstream.url(), Optional.of(credentials), Optional.empty(), realms), hosts);
    }

    private static String read(UpstreamBlob blob) throws InterruptedException {
        try (blob) {
            var all = new ByteArrayOutputStream();
            for (var piece = blob.next(); piece.isPresent(); piece = blob.next()) {
                var bytes = new byte[piece.get().remaining()];
                piece.get().get(bytes);
                all.writeBytes(bytes);
            }
            return all.toString(UTF_8);
        }
    }

    private static UpstreamFailure failure(Callable<?> call) {
        return catchThrowableOfType(UpstreamException.class, call::call).failure();
    }
}
