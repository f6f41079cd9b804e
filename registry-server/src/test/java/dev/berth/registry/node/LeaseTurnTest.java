package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.StoppedClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTurnTest {
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/berth-nodes/leases/berth-node-restart";

    private final StoppedClock clock = new StoppedClock();
    private ScriptedApiServer api;
    private LeaseTurn first;
    private LeaseTurn second;

    @BeforeEach
    void start(@TempDir Path account) throws Exception {
        api = new ScriptedApiServer(account);
        api.answers(LEASE, "{\"metadata\":{\"resourceVersion\":\"7\"}}");
        first = turn("node-a", account);
        second = turn("node-b", account);
    }

    private LeaseTurn turn(String node, Path account) {
        return new LeaseTurn(new ApiServer(api.address(), account), "berth-node-restart", node, clock);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void one_node_has_the_turn_and_the_next_gets_it_when_it_is_given_back() throws Exception {
        assertThat(first.take()).isTrue();
        assertThat(second.take()).isFalse();
        first.giveBack();
        assertThat(second.take()).isTrue();
        assertThat(first.take()).isFalse();
    }

    @Test
    void a_node_that_died_in_its_turn_holds_the_others_up_for_five_minutes_only() throws Exception {
        assertThat(first.take()).isTrue();
        assertThat(second.take()).isFalse();
        clock.advance(Duration.ofMinutes(4));
        assertThat(second.take()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(second.take()).isTrue();
        first.giveBack();
        assertThat(first.take())
                .as("the turn of another node is not given back")
                .isFalse();
    }

    @Test
    void a_restarted_agent_has_the_turn_of_its_node_still() throws Exception {
        assertThat(first.take()).isTrue();
        assertThat(first.take()).isTrue();
    }

    @Test
    void without_the_lease_or_the_right_to_read_it_nobody_has_a_turn_and_the_reason_is_told() {
        api.refuses(LEASE, 403);
        assertThatIOException()
                .isThrownBy(first::take)
                .withMessageContaining("403")
                .withMessageContaining("leases");
    }
}
