package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NodeMarkTest {
    private static final RegistryHost APPS = host("apps.team-a.svc", "10.96.62.25", FallBack.NONE);
    private static final RegistryHost HUB = host("docker.io", "10.96.62.25", FallBack.UPSTREAM);
    private static final RegistryHost OTHER_HUB = host("quay.io", "10.96.62.26", FallBack.UPSTREAM);
    private static final MultiMap WANTED = MultiMap.caseInsensitiveMultiMap().add("X-Berth-Node-Token", "wanted");

    private final StoppedClock clock = new StoppedClock();
    private final List<String> audiences = new CopyOnWriteArrayList<>();
    private final NodeMark mark = new NodeMark(Optional.of("node-a"), this::token, clock);
    private boolean refused;

    @BeforeEach
    void follow() {
        mark.follow(List.of(APPS, HUB, OTHER_HUB));
    }

    @Test
    void the_name_goes_with_each_request_and_a_token_only_to_a_registry_that_asked_for_one() {
        assertThat(mark.on(MultiMap.caseInsensitiveMultiMap(), APPS).entries())
                .extracting(entry -> entry.getKey() + ": " + entry.getValue())
                .containsExactly("X-Berth-Node: node-a");
        mark.heard(MultiMap.caseInsensitiveMultiMap(), APPS);
        assertThat(audiences).isEmpty();

        mark.heard(WANTED, APPS);
        Awaitility.await("a token").until(() -> token(APPS) != null);
        assertThat(token(APPS)).isEqualTo("token for apps.team-a.svc");
    }

    @Test
    void a_mirror_s_registry_gets_the_token_of_its_own_name_and_one_without_such_a_name_gets_none() {
        mark.heard(WANTED, HUB);
        Awaitility.await("a token").until(() -> token(HUB) != null);
        assertThat(token(HUB)).isEqualTo("token for apps.team-a.svc");

        mark.heard(WANTED, OTHER_HUB);
        assertThat(token(OTHER_HUB)).isNull();
        assertThat(audiences).as("never one for an upstream").containsOnly("apps.team-a.svc");
    }

    @Test
    void a_registry_at_the_address_of_another_one_gets_no_token_for_that_one() {
        var claimed = host("x.team-b.svc", "10.96.62.25", FallBack.NONE);
        mark.follow(List.of(APPS, claimed));
        mark.heard(WANTED, claimed);
        Awaitility.await("a token").until(() -> token(claimed) != null);
        assertThat(token(claimed)).isEqualTo("token for x.team-b.svc");
    }

    @Test
    void a_refusal_is_not_repeated_with_each_request() {
        refused = true;
        mark.heard(WANTED, APPS);
        Awaitility.await("a refusal").until(() -> audiences.size() == 1);
        for (var i = 0; i < 100; i++) {
            mark.heard(WANTED, APPS);
            assertThat(token(APPS)).isNull();
        }
        assertThat(audiences).hasSize(1);

        refused = false;
        clock.advance(Duration.ofMinutes(5));
        Awaitility.await("a token").until(() -> token(APPS) != null);
    }

    @Test
    void a_node_without_a_proper_name_tells_nothing() {
        for (var name : List.of(Optional.<String>empty(), Optional.of("a\r\nAuthorization: Basic x"))) {
            var nameless = new NodeMark(name, this::token, clock);
            nameless.follow(List.of(APPS));
            nameless.heard(WANTED, APPS);
            assertThat(nameless.on(MultiMap.caseInsensitiveMultiMap(), APPS).isEmpty())
                    .isTrue();
        }
        assertThat(audiences).isEmpty();
    }

    private String token(RegistryHost host) {
        return mark.on(MultiMap.caseInsensitiveMultiMap(), host).get("X-Berth-Node-Token");
    }

    private Optional<String> token(String audience) throws IOException {
        audiences.add(audience);
        if (refused) {
            throw new IOException("403");
        }
        return Optional.of("token for " + audience);
    }

    private static RegistryHost host(String name, String address, FallBack fallBack) {
        return new RegistryHost(new HostName(name), Endpoint.parse("https://" + address), Optional.empty(), fallBack);
    }
}
