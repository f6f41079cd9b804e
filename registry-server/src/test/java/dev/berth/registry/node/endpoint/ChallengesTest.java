package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChallengesTest {
    private static final Endpoint ENDPOINT = Endpoint.parse("http://127.0.0.1:5003");
    private static final RegistryHost APPS = new RegistryHost(
            new HostName("apps.team-a.svc"), Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.NONE);

    @Test
    void a_runtime_that_knows_no_authority_gets_its_token_through_the_endpoint() {
        assertThat(rewritten(
                        "Bearer realm=\"https://10.96.62.25/token\",service=\"berth\",scope=\"repository:web:pull\""))
                .isEqualTo("Bearer realm=\"http://127.0.0.1:5003/token/apps.team-a.svc\",service=\"berth\","
                        + "scope=\"repository:web:pull\"");
        assertThat(rewritten("Bearer service=\"berth\",realm=\"https://10.96.62.25:443/token\""))
                .isEqualTo("Bearer service=\"berth\",realm=\"http://127.0.0.1:5003/token/apps.team-a.svc\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"berth\"",
                "Bearer realm=\"https://auth.example/token\",service=\"berth\"",
                "Bearer realm=\"http://10.96.62.25/token\"",
                "Bearer realm=\"https://10.96.62.25:8443/token\"",
                "Bearer realm=\"https://10.96.62.25.evil.example/token\"",
                "Bearer realm=\"https://10.96.62.25/other\"",
                "Bearer realm=\"::\"",
                "Bearer realm=\"https:/token\""
            })
    void a_challenge_that_leads_elsewhere_stays_as_it_is(String header) {
        assertThat(rewritten(header)).isEqualTo(header);
    }

    @Test
    void the_next_page_of_a_list_has_the_host_in_its_path_as_the_first_had() {
        assertThat(Challenges.prefixed("</v2/web/tags/list?n=10>; rel=\"next\"", "apps.team-a.svc/"))
                .isEqualTo("</v2/apps.team-a.svc/web/tags/list?n=10>; rel=\"next\"");
        assertThat(Challenges.prefixed("</v2/web/tags/list?n=10>; rel=\"next\"", ""))
                .isEqualTo("</v2/web/tags/list?n=10>; rel=\"next\"");
        assertThat(Challenges.prefixed("https://elsewhere.example/v2/", "apps.team-a.svc/"))
                .isEqualTo("https://elsewhere.example/v2/");
    }

    private static String rewritten(String header) {
        return Challenges.rewritten(header, APPS, ENDPOINT);
    }
}
