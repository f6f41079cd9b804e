package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.StoppedClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiIdentityTest {
    private static final String NODE = "/api/v1/nodes/node-a";
    private static final String TOKENS = "/api/v1/namespaces/berth-nodes/serviceaccounts/berth-node/token";

    private final StoppedClock clock = new StoppedClock();
    private ScriptedApiServer api;
    private ApiIdentity identity;

    @BeforeEach
    void start(@TempDir Path account) throws Exception {
        api = new ScriptedApiServer(account);
        identity = new ApiIdentity(new ApiServer(api.address(), account), "node-a", "berth-node", clock);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_labels_of_the_node_are_read_every_few_minutes() throws Exception {
        api.answers(NODE, "{\"metadata\":{\"labels\":{\"zone\":\"a\",\"gpu\":\"\"}}}");
        assertThat(identity.labels()).containsEntry("zone", "a").containsEntry("gpu", "");
        api.answers(NODE, "{\"metadata\":{}}");
        assertThat(identity.labels()).containsEntry("zone", "a");
        clock.advance(Duration.ofMinutes(5));
        assertThat(identity.labels()).isEmpty();
    }

    @Test
    void a_token_is_for_one_audience_and_is_replaced_at_half_of_its_life() throws Exception {
        api.answers(TOKENS, "{\"status\":{\"token\":\"first\"}}");
        assertThat(identity.token("apps.team-a.svc")).contains("first");
        assertThat(api.posted)
                .singleElement()
                .satisfies(asked ->
                        assertThat(asked).contains("\"audiences\":[\"apps.team-a.svc\"]", "\"expirationSeconds\":600"));

        api.answers(TOKENS, "{\"status\":{\"token\":\"second\"}}");
        assertThat(identity.token("apps.team-a.svc")).contains("first");
        assertThat(identity.token("other.team-b.svc")).contains("second");
        clock.advance(Duration.ofMinutes(5));
        assertThat(identity.token("apps.team-a.svc")).contains("second");
    }

    @Test
    void a_proof_of_the_node_is_bound_to_the_agent_s_pod_and_lasts_longer(@TempDir Path bound) throws Exception {
        try (var server = new ScriptedApiServer(bound)) {
            var of = new ApiIdentity(new ApiServer(server.address(), bound), "node-a", "berth-node", clock);
            assertThat(of.proof("apps.team-a.svc"))
                    .as("a token that names no pod")
                    .isEmpty();
        }
        assertThat(new ApiServer(api.address(), token(bound, "{\"kubernetes.io\":{\"pod\":{\"name\":\"x\"}}}")).pod())
                .isEmpty();
        var named = token(bound, "{\"kubernetes.io\":{\"pod\":{\"name\":\"berth-node-x\",\"uid\":\"7\"}}}");
        assertThat(new ApiServer(api.address(), named).pod()).contains(new ApiServer.Pod("berth-node-x", "7"));
    }

    private static Path token(Path account, String claims) throws Exception {
        var payload = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Files.writeString(account.resolve("token"), "eyJ." + payload + ".c2ln\n");
        return account;
    }

    @Test
    void a_refusal_of_the_api_server_is_told_without_the_agent_s_own_token() {
        api.refuses(NODE, 403);
        assertThatIOException()
                .isThrownBy(identity::labels)
                .withMessage("the API server answered 403 when asked for " + NODE);
        api.refuses(TOKENS, 403);
        assertThatIOException()
                .isThrownBy(() -> identity.token("apps.team-a.svc"))
                .withMessageContaining("403")
                .withMessageNotContaining(ScriptedApiServer.TOKEN);
    }
}
