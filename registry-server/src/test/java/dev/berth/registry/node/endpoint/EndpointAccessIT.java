package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a pod gets through the endpoint of its node, whose agent itself may pull from the Registry. */
final class EndpointAccessIT {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("audit");
    private static final HostName APPS = new HostName(ScriptedIssuer.AUDIENCE);
    private static final String CI = Bcrypt.basic("ci", "secret");
    private static final String STRANGER = Bcrypt.basic("ann", "guess");
    private static final String MANIFEST = "/v2/web/manifests/1";
    private static final String IMAGE =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HttpClient runtime = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private ScriptedIssuer issuer;
    private LoopbackServer registry;
    private LoopbackEndpoint endpoint;
    private volatile String token = "";

    @BeforeEach
    void start() throws IOException {
        issuer = ScriptedIssuer.start(Clock.systemUTC());
        var claims = issuer.claims("berth-nodes", "berth-node");
        claims.put("kubernetes.io", Map.of("node", Map.of("name", "node-a")));
        token = issuer.signed(claims);
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        var everything = List.of(new RepositoryGlob("*"));
        var rules = List.of(
                new AccessRule(Set.of("ci"), everything, Set.of(Action.PULL, Action.PUSH)),
                new AccessRule(
                        List.of(new Subject.ServiceAccount("berth-nodes", Optional.of("berth-node"))),
                        everything,
                        Set.of(Action.PULL)));
        registry = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(
                        Optional.of(users),
                        Groups.NONE,
                        AnonymousPull.NONE,
                        Optional.of(rules),
                        Optional.of(issuer.settings()),
                        Optional.empty()));
        assertThat(registry.send(
                                "PUT",
                                MANIFEST,
                                IMAGE,
                                "Authorization",
                                CI,
                                "Content-Type",
                                "application/vnd.oci.image.index.v1+json")
                        .statusCode())
                .isEqualTo(201);
        endpoint = LoopbackEndpoint.open(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                Clock.systemUTC(),
                new PullLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5), 32 * 1024, 4),
                new NodeMark(Optional.of("node-a"), _ -> Optional.of(token), Clock.systemUTC()));
        endpoint.follow(List.of(new RegistryHost(
                APPS, Endpoint.parse("http://" + registry.address()), Optional.empty(), FallBack.NONE)));
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
        runtime.shutdownNow();
        endpoint.close();
        registry.close();
        issuer.close();
    }

    @Test
    void a_pod_without_credentials_gets_no_more_through_the_endpoint_although_the_agent_may_pull() {
        var agent = Bcrypt.basic("node", token);
        assertThat(registry.get(MANIFEST, "Authorization", agent).statusCode())
                .as("the agent's own right")
                .isEqualTo(200);
        awaitProof();

        assertThat(get(MANIFEST).statusCode()).isEqualTo(401);
        assertThat(get("/v2/web/tags/list").statusCode()).isEqualTo(401);
        assertThat(get("/v2/_catalog").statusCode()).isEqualTo(401);
        assertThat(get(MANIFEST, "Authorization", STRANGER).statusCode()).isEqualTo(401);
        assertThat(get(MANIFEST, "Authorization", CI).statusCode()).isEqualTo(200);
        assertThat(get(MANIFEST).statusCode()).as("after a pull by another pod").isEqualTo(401);
    }

    @Test
    void the_audit_log_has_the_node_as_its_agent_proves_it() {
        awaitProof();
        assertThat(refusal()).contains(" node=node-a ").doesNotContain("claimedNode");
    }

    @Test
    void a_name_that_nobody_proves_is_only_claimed() {
        token = issuer.token("berth-nodes", "berth-node");
        assertThat(refusal()).contains(" claimedNode=node-a ");
        get(MANIFEST, "Authorization", STRANGER);
        assertThat(refusal())
                .as("a token that is bound to no node")
                .contains(" claimedNode=node-a ")
                .doesNotContain(" node=");

        registry.get(MANIFEST, "Authorization", STRANGER, "X-Berth-Node", "node-b node=node-b");
        assertThat(lines.list.getLast().getFormattedMessage())
                .contains(" claimedNode=node-b?node?node-b ")
                .doesNotContain(" node=");
    }

    @Test
    void a_pod_can_neither_pass_for_another_node_nor_read_the_token() {
        awaitProof();
        var answer =
                get(MANIFEST, "Authorization", STRANGER, "X-Berth-Node", "node-b", "X-Berth-Node-Token", "eyJ.eyJ.x");
        assertThat(lines.list.getLast().getFormattedMessage()).contains(" node=node-a ");
        assertThat(answer.headers().map()).doesNotContainKeys("x-berth-node", "x-berth-node-token");
        assertThat(answer.body() + answer.headers()).doesNotContain(token);
    }

    /** The token is fetched and checked beside the first requests, which wait for neither. */
    private void awaitProof() {
        Awaitility.await("a proof of the node").until(() -> refusal().contains(" node=node-a "));
    }

    /** The line about a request that is refused. */
    private String refusal() {
        assertThat(get(MANIFEST, "Authorization", STRANGER).statusCode()).isIn(401, 429);
        return lines.list.getLast().getFormattedMessage();
    }

    private HttpResponse<String> get(String path, String... headers) {
        var url = endpoint.address().orElseThrow() + path + "?ns=" + APPS;
        var request = HttpRequest.newBuilder(URI.create(url));
        try {
            return runtime.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
