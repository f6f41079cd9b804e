package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.node.endpoint.EndpointCounts.Outcome;
import dev.berth.registry.node.endpoint.FaultyRegistry.Fault;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import dev.berth.registry.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoopbackEndpointTest {
    /** The promise of a mirror. The endpoint of these tests is set to a fifth of it, so that a busy machine keeps it, too. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private static final PullLimits QUICK =
            new PullLimits(Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofMillis(300), 32 * 1024, 4);
    private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);

    private final StoppedClock clock = new StoppedClock();
    private final LoopbackEndpoint endpoint =
            LoopbackEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), clock, QUICK);
    private final HttpClient runtime = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        runtime.shutdownNow();
        endpoint.close();
    }

    @Test
    void a_pull_goes_over_tls_to_a_registry_whose_authority_only_the_agent_knows(@TempDir Path folder)
            throws Exception {
        var certificate = IssuedCertificate.issue(1);
        certificate.write(folder);
        var pem = Files.readString(folder.resolve("tls.crt"));
        try (var registry = ScriptedUpstream.start(certificate.identity(), 0)) {
            registry.put("/v2/web/manifests/1?ns=apps.team-a.svc", ScriptedUpstream.IMAGE, MANIFEST);
            follow(registry.url(), Optional.of(pem), FallBack.NONE);

            var answer = get("/v2/web/manifests/1?ns=apps.team-a.svc", "Authorization", "Basic dTpw");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(MANIFEST);
            assertThat(answer.headers().firstValue("Content-Type")).contains(ScriptedUpstream.IMAGE);
            assertThat(registry.asked("").getLast().authorization()).contains("Basic dTpw");
            assertThat(registry.asked("").getLast().host()).contains(registry.host());
        }
    }

    @Test
    void a_registry_with_another_certificate_gets_no_password(@TempDir Path folder) throws Exception {
        IssuedCertificate.issue(2).write(folder);
        var another = Files.readString(folder.resolve("tls.crt"));
        try (var registry = ScriptedUpstream.start(IssuedCertificate.issue(1).identity(), 0)) {
            follow(registry.url(), Optional.of(another), FallBack.NONE);

            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc", "Authorization", "Basic dTpw")
                            .statusCode())
                    .isEqualTo(502);
            assertThat(registry.asked("")).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_name_gets_no_password(@TempDir Path folder) throws Exception {
        var certificate = IssuedCertificate.issueFor("elsewhere.example");
        certificate.write(folder);
        var pem = Files.readString(folder.resolve("tls.crt"));
        try (var registry = ScriptedUpstream.start(certificate.identity(), 0)) {
            follow(registry.url(), Optional.of(pem), FallBack.NONE);

            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .as("504 if the handshake takes longer than the endpoint waits")
                    .isIn(502, 504);
            assertThat(registry.asked("")).isEmpty();
        }
    }

    @Test
    void a_range_and_the_head_of_a_blob_come_as_the_registry_answers_them() throws Exception {
        try (var registry = ScriptedUpstream.start()) {
            var digest = "sha256:" + "0".repeat(64);
            registry.put(
                    "/v2/web/blobs/" + digest + "?ns=apps.team-a.svc",
                    "application/octet-stream",
                    "hello, world".getBytes(StandardCharsets.UTF_8));
            follow(registry.url(), Optional.empty(), FallBack.NONE);
            var path = "/v2/apps.team-a.svc/web/blobs/" + digest;

            assertThat(get(path, "Range", "bytes=7-").body()).asString().isEqualTo("world");
            var head = send("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Length")).contains("12");
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void why_a_registry_refuses_a_pod_reaches_the_runtime_in_the_line_that_it_reports() throws Exception {
        try (var registry = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> refuse(registry));
            follow(URI.create("http://127.0.0.1:" + registry.getLocalPort()), Optional.empty(), FallBack.NONE);
            var connection = (HttpURLConnection)
                    url("/v2/web/manifests/1?ns=apps.team-a.svc").toURL().openConnection();
            connection.setRequestMethod("HEAD");
            assertThat(connection.getResponseCode()).isEqualTo(403);
            assertThat(connection.getResponseMessage()).isEqualTo("Forbidden: no access rule allows it");
        }
    }

    private static void refuse(ServerSocket registry) {
        while (!registry.isClosed()) {
            try (var connection = registry.accept()) {
                assertThat(connection.getInputStream().read(new byte[4096])).isPositive();
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 403 Forbidden: no access rule allows it\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROPS", "HANGS", "GARBLES", "HANGS_UP"})
    void a_pull_goes_on_to_the_upstream_soon_and_silently_when_the_mirror_does_not_answer(Fault fault)
            throws Exception {
        try (var registry = FaultyRegistry.start(fault)) {
            follow(URI.create("http://127.0.0.1:" + registry.port()), Optional.empty(), FallBack.UPSTREAM);
            var begin = System.nanoTime();
            assertThat(get("/v2/library/nginx/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(404);
            assertThat(since(begin)).isLessThan(PROMISE);

            var next = System.nanoTime();
            for (var i = 0; i < 20; i++) {
                assertThat(get("/v2/library/nginx/manifests/1?ns=apps.team-a.svc")
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(since(next)).as("it is not asked again in this pull").isLessThan(PROMISE);
            assertThat(registry.asked().stream().filter(line -> line.startsWith("GET")))
                    .hasSizeLessThan(3);
        }
    }

    @Test
    void a_registry_that_refuses_connections_is_an_error_that_says_so() throws Exception {
        int port;
        try (var nobody = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = nobody.getLocalPort();
        }
        follow(URI.create("http://127.0.0.1:" + port), Optional.empty(), FallBack.NONE);
        var answer = get("/v2/web/manifests/1?ns=apps.team-a.svc");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).asString().contains("the registry for apps.team-a.svc can't be reached");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STALLS", "BREAKS_OFF", "DRIPS"})
    void a_blob_that_stops_coming_is_cut_soon_so_that_the_runtime_gets_the_rest_elsewhere(Fault fault)
            throws Exception {
        try (var registry = FaultyRegistry.start(fault)) {
            follow(URI.create("http://127.0.0.1:" + registry.port()), Optional.empty(), FallBack.UPSTREAM);
            var begin = System.nanoTime();
            assertThatThrownBy(() -> get("/v2/web/blobs/sha256:0?ns=apps.team-a.svc"))
                    .isInstanceOf(IOException.class);
            assertThat(since(begin)).isLessThan(PROMISE);

            assertThat(get("/v2/web/blobs/sha256:0?ns=apps.team-a.svc").statusCode())
                    .as("the next request goes to the upstream at once")
                    .isEqualTo(404);
            assertThat(count(Outcome.CUT)).isEqualTo(1);
            assertThat(count(Outcome.AWAY)).isEqualTo(1);
        }
    }

    @Test
    void after_a_manifest_that_came_too_slowly_the_layers_come_from_the_upstream() throws Exception {
        try (var registry = FaultyRegistry.start(Fault.DRIPS_SHORTLY)) {
            follow(URI.create("http://127.0.0.1:" + registry.port()), Optional.empty(), FallBack.UPSTREAM);
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").body()).hasSize(10);
            assertThat(get("/v2/web/blobs/sha256:0?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(404);
            assertThat(count(Outcome.AWAY)).isEqualTo(1);
        }
    }

    @Test
    void a_blob_of_which_nothing_comes_is_not_there_for_the_runtime() throws Exception {
        try (var registry = FaultyRegistry.start(Fault.SENDS_NO_BODY)) {
            follow(URI.create("http://127.0.0.1:" + registry.port()), Optional.empty(), FallBack.UPSTREAM);
            var begin = System.nanoTime();
            var answer = get("/v2/web/blobs/sha256:0?ns=apps.team-a.svc");
            assertThat(since(begin)).isLessThan(PROMISE);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).asString().contains("did not answer in time");
            assertThat(count(Outcome.CUT)).isEqualTo(1);
        }
    }

    @Test
    void a_registry_is_asked_again_when_its_time_is_over() throws Exception {
        try (var registry = ScriptedUpstream.start()) {
            registry.put("/v2/web/manifests/1?ns=apps.team-a.svc", ScriptedUpstream.IMAGE, MANIFEST);
            follow(URI.create("http://127.0.0.1:1"), Optional.empty(), FallBack.NONE);
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(502);
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(503);

            clock.advance(Duration.ofSeconds(30));
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(502);

            follow(registry.url(), Optional.empty(), FallBack.NONE);
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_registry_that_leads_back_to_the_endpoint_is_not_asked() throws Exception {
        follow(endpoint.address().orElseThrow().uri(), Optional.empty(), FallBack.NONE);
        assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode()).isEqualTo(508);

        try (var registry = ScriptedUpstream.start()) {
            follow(registry.url(), Optional.empty(), FallBack.NONE);
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc", "Via", PassedHeaders.VIA)
                            .statusCode())
                    .isEqualTo(508);
            assertThat(registry.asked("")).isEmpty();
        }
    }

    @Test
    void a_host_that_is_not_in_the_list_any_more_is_not_asked() throws Exception {
        try (var registry = ScriptedUpstream.start()) {
            follow(registry.url(), Optional.empty(), FallBack.NONE);
            endpoint.follow(List.of());
            assertThat(get("/v2/web/manifests/1?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(404);
            assertThat(registry.asked("")).isEmpty();
        }
    }

    @Test
    void more_transfers_than_the_limit_go_on_to_the_next_host_at_once() throws Exception {
        try (var registry = FaultyRegistry.start(Fault.STALLS)) {
            follow(URI.create("http://127.0.0.1:" + registry.port()), Optional.empty(), FallBack.NONE);
            var request = HttpRequest.newBuilder(url("/v2/web/blobs/sha256:0?ns=apps.team-a.svc"))
                    .build();
            var busy = new ArrayList<HttpResponse<InputStream>>();
            for (var i = 0; i < QUICK.transfers(); i++) {
                busy.add(runtime.send(request, BodyHandlers.ofInputStream())); // nobody reads, so nothing stalls
            }
            assertThat(get("/v2/web/blobs/sha256:0?ns=apps.team-a.svc").statusCode())
                    .isEqualTo(503);
            for (var answer : busy) {
                answer.body().close();
            }
            Awaitility.await("the runtimes that left make space")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> count(Outcome.LEFT) + count(Outcome.CUT) == QUICK.transfers());
        }
    }

    @Test
    void a_port_that_another_process_has_leaves_the_endpoint_off() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var second = fresh(other.getLocalPort())) {
            second.follow(List.of());
            assertThat(second.address()).isEmpty();
        }
    }

    @Test
    void a_fresh_endpoint_listens_once_it_has_a_list_and_knows_which_mirrors_are_away() throws Exception {
        try (var hanging = FaultyRegistry.start(Fault.HANGS);
                var working = ScriptedUpstream.start();
                var fresh = fresh(0)) {
            assertThat(fresh.address()).as("before it has a list").isEmpty();
            fresh.follow(List.of(
                    mirror("docker.io", "http://127.0.0.1:" + hanging.port()),
                    mirror("quay.io", working.url().toString())));
            var asked = hanging.asked().size();
            var begin = System.nanoTime();
            var answer = runtime.send(
                    HttpRequest.newBuilder(URI.create(
                                    fresh.address().orElseThrow() + "/v2/library/nginx/manifests/1?ns=docker.io"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("the registry for docker.io did not answer in time lately");
            assertThat(since(begin)).as("the first pull").isLessThan(Duration.ofSeconds(1));
            assertThat(hanging.asked()).hasSize(asked);
            assertThat(working.asked(""))
                    .as("a mirror that answers is asked once")
                    .hasSize(1);
        }
    }

    private LoopbackEndpoint fresh(int port) {
        return LoopbackEndpoint.open(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Optional.empty(),
                NodeProof.NONE,
                clock);
    }

    private static RegistryHost mirror(String upstream, String url) {
        return new RegistryHost(new HostName(upstream), Endpoint.parse(url), Optional.empty(), FallBack.UPSTREAM);
    }

    private void follow(URI registry, Optional<String> ca, FallBack fallBack) {
        endpoint.follow(List.of(new RegistryHost(
                new HostName("apps.team-a.svc"),
                Endpoint.parse(registry.toString()),
                ca.map(CertificateBundle::new),
                fallBack)));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url(path)).method(method, HttpRequest.BodyPublishers.noBody());
        return runtime.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private URI url(String path) {
        return URI.create(endpoint.address().orElseThrow() + path);
    }

    private long count(Outcome outcome) {
        return endpoint.counts().stream()
                .filter(count -> count.outcome() == outcome)
                .mapToLong(EndpointCounts.Count::requests)
                .sum();
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
