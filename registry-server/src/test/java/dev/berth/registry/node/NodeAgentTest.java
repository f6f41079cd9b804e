package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.NodeStatus.HostStatus;
import dev.berth.registry.node.NodeStatus.State;
import dev.berth.registry.node.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeAgentTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");
    private static final HostName OTHER = new HostName("other.team-b.svc");
    private static final String BOTH = """
            hosts:
              - {name: apps.team-a.svc, endpoint: "https://10.96.62.25"}
              - {name: other.team-b.svc, endpoint: "https://10.96.62.26"}
            """;

    private final MemoryRuntime runtime = new MemoryRuntime();
    private final MovedClock clock = new MovedClock();
    private Path hosts;
    private NodeAgent agent;

    @BeforeEach
    void start(@TempDir Path folder) {
        hosts = folder.resolve("hosts.yaml");
        agent = new NodeAgent("1.2.3", runtime, new HostsFile(hosts), clock);
    }

    @Test
    void hosts_that_are_listed_are_set_up_and_those_that_are_not_are_taken_back() throws IOException {
        say(BOTH);
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        String first = agent.status().revision();

        say("hosts: [{name: other.team-b.svc, endpoint: \"https://10.96.62.26\"}]");
        assertThat(runtime.present()).containsExactly(OTHER);
        assertThat(agent.status().revision()).isNotEqualTo(first);
        assertThat(agent.status().hosts())
                .containsExactly(new HostStatus(OTHER.text(), State.Configured, Optional.empty()));
    }

    @Test
    void hosts_of_an_earlier_run_that_are_no_longer_listed_are_taken_back() throws IOException {
        runtime.configure(new RegistryHost(APPS, Endpoint.parse("https://10.96.0.1"), Optional.empty(), FallBack.NONE));
        say("hosts: []");
        assertThat(runtime.present()).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_yet_changes_nothing() {
        runtime.configure(new RegistryHost(APPS, Endpoint.parse("https://10.96.0.1"), Optional.empty(), FallBack.NONE));
        agent.look();

        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(agent.status().revision()).isEmpty();
        assertThat(agent.status().problem())
                .hasValueSatisfying(why -> assertThat(why).contains("not there yet"));
    }

    @Test
    void a_broken_file_keeps_the_last_good_state_and_says_so_until_it_is_mended() throws IOException {
        say(BOTH);
        NodeStatus good = agent.status();

        say("hosts: [");
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(agent.status().revision()).isEqualTo(good.revision());
        assertThat(agent.status().problem())
                .hasValueSatisfying(why -> assertThat(why).contains("not YAML"));

        say(BOTH);
        assertThat(agent.status()).isEqualTo(good);
    }

    @Test
    void a_broken_entry_keeps_what_the_node_has_for_its_host() throws IOException {
        say(BOTH);
        say("hosts: [{name: apps.team-a.svc, endpoint: nowhere}]");

        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(agent.status().hosts()).singleElement().satisfies(host -> {
            assertThat(host.state()).isEqualTo(State.Failed);
            assertThat(host.message()).hasValueSatisfying(why -> assertThat(why).contains("nowhere"));
        });
    }

    @Test
    void a_conflict_and_a_failure_are_told_and_the_others_work() throws IOException {
        runtime.refusals.put(APPS, new HostOutcome.Conflict("somebody was here"));
        say(BOTH);

        assertThat(agent.status().hosts())
                .containsExactly(
                        new HostStatus(APPS.text(), State.Conflict, Optional.of("somebody was here")),
                        new HostStatus(OTHER.text(), State.Configured, Optional.empty()));
    }

    @Test
    void a_host_that_cannot_be_taken_back_stays_in_the_status() throws IOException {
        say(BOTH);
        runtime.refusals.put(APPS, new HostOutcome.Failed("the disk is read-only"));
        say("hosts: []");

        assertThat(agent.status().hosts())
                .containsExactly(new HostStatus(APPS.text(), State.Failed, Optional.of("the disk is read-only")));
    }

    @Test
    void what_somebody_deleted_on_the_node_is_back_at_the_next_check_and_not_looked_for_before() throws IOException {
        say(BOTH);
        runtime.hosts.clear();
        runtime.configured.clear();

        clock.advance(NodeAgent.CHECK_EVERY.minusMillis(1));
        agent.look();
        assertThat(runtime.configured).isEmpty();

        clock.advance(Duration.ofMillis(1));
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
    }

    @Test
    void a_runtime_that_would_not_read_the_files_is_told() throws IOException {
        runtime.doubt = Optional.of("no config_path");
        say(BOTH);
        assertThat(agent.status().doubt()).contains("no config_path");
    }

    @Test
    void an_agent_that_has_not_looked_for_a_minute_is_not_alive() {
        agent.look();
        clock.advance(NodeAgent.STUCK_AFTER.minusSeconds(1));
        assertThat(agent.alive()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(agent.alive()).isFalse();
    }

    private void say(String text) throws IOException {
        Files.writeString(hosts, text);
        agent.look();
    }

    /** A clock that stands until it is moved. */
    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
