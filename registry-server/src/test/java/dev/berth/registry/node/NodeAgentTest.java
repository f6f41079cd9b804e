package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport.HostReport;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

    private static final String APPS_ENTRY = "{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}";
    private static final String OTHER_ENTRY = "{name: other.team-b.svc, endpoint: \"https://10.96.62.26\"}";

    private final MemoryRuntime runtime = new MemoryRuntime();
    private final MovedClock clock = new MovedClock();
    private Path hosts;
    private NodeAgent agent;

    @BeforeEach
    void start(@TempDir Path folder) {
        hosts = folder.resolve("hosts.yaml");
        agent = new NodeAgent("1.2.3", runtime, new HostsSource(hosts), clock);
    }

    @Test
    void hosts_that_are_listed_are_set_up_and_those_that_are_not_are_taken_back() throws IOException {
        say(BOTH);
        assertThat(runtime.present()).containsExactly(APPS, OTHER);

        say("hosts: [{name: other.team-b.svc, endpoint: \"https://10.96.62.26\"}]");
        assertThat(runtime.present()).containsExactly(OTHER);
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
        assertThat(agent.status().hosts()).isEmpty();
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
        assertThat(agent.status().sequences()).isEmpty();
        assertThat(agent.status().problem())
                .hasValueSatisfying(why -> assertThat(why).contains("not there yet"));
    }

    @Test
    void a_broken_file_keeps_the_last_good_state_and_says_so_until_it_is_mended() throws IOException {
        say(BOTH);
        var good = agent.status();

        say("hosts: [");
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(agent.status().sequences()).isEqualTo(good.sequences());
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
            assertThat(host.state()).isEqualTo(HostState.FAILED);
            assertThat(host.message()).hasValueSatisfying(why -> assertThat(why).contains("nowhere"));
        });
    }

    @Test
    void a_conflict_and_a_failure_are_told_and_the_others_work() throws IOException {
        runtime.refusals.put(APPS, new HostOutcome.Conflict("somebody was here"));
        say(BOTH);

        assertThat(agent.status().hosts())
                .containsExactly(new HostReport(APPS.text(), HostState.CONFLICT, Optional.of("somebody was here")));
        assertThat(agent.status().counts())
                .containsEntry(HostState.CONFIGURED, 1)
                .containsEntry(HostState.CONFLICT, 1);
    }

    @Test
    void a_host_that_cannot_be_taken_back_stays_in_the_status() throws IOException {
        say(BOTH);
        runtime.refusals.put(APPS, new HostOutcome.Failed("the disk is read-only"));
        say("hosts: []");

        assertThat(agent.status().hosts())
                .containsExactly(new HostReport(APPS.text(), HostState.FAILED, Optional.of("the disk is read-only")));
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
    void the_parts_of_a_list_are_followed_together_and_each_by_its_own_sequence(@TempDir Path folder)
            throws IOException {
        var agent = following(folder);
        part(folder, 0, 7, APPS_ENTRY);
        part(folder, 1, 9, OTHER_ENTRY);
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(agent.status().sequences()).containsExactly(7L, 9L);
        assertThat(agent.status().problem()).isEmpty();

        part(folder, 1, 10, "");
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(agent.status().sequences()).containsExactly(7L, 10L);
    }

    @Test
    void as_long_as_a_part_is_missing_nothing_is_removed(@TempDir Path folder) throws IOException {
        runtime.configure(new RegistryHost(APPS, Endpoint.parse("https://10.96.0.1"), Optional.empty(), FallBack.NONE));
        var agent = following(folder);
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS);

        part(folder, 1, 9, OTHER_ENTRY);
        agent.look();
        assertThat(runtime.present()).as("it may be in the other part").containsExactly(APPS, OTHER);
        assertThat(agent.status().sequences()).containsExactly(0L, 9L);
        assertThat(agent.status().problem())
                .hasValueSatisfying(why -> assertThat(why).contains("1 of 2 parts"));

        part(folder, 0, 1, "");
        agent.look();
        assertThat(runtime.present()).containsExactly(OTHER);
    }

    @Test
    void a_part_that_went_away_or_broke_holds_on_and_the_others_are_followed(@TempDir Path folder) throws IOException {
        var agent = following(folder);
        part(folder, 0, 7, APPS_ENTRY);
        part(folder, 1, 9, OTHER_ENTRY);
        agent.look();

        Files.delete(folder.resolve("hosts-0.yaml"));
        part(folder, 1, 10, "");
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(agent.status().sequences()).containsExactly(7L, 10L);

        Files.writeString(folder.resolve("hosts-0.yaml"), "shards: 2\nshard: 0\nhosts: []\n");
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(agent.status().problem())
                .hasValueSatisfying(why -> assertThat(why).contains("which part"));
    }

    @Test
    void a_list_that_was_cut_anew_is_complete_only_by_its_new_parts(@TempDir Path folder) throws IOException {
        var agent = following(folder);
        part(folder, 0, 7, APPS_ENTRY);
        part(folder, 1, 9, OTHER_ENTRY);
        agent.look();

        Files.writeString(folder.resolve("hosts-0.yaml"), "{shards: 3, shard: 0, sequence: 20, hosts: []}");
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(agent.status().sequences()).containsExactly(20L, 0L, 0L);
    }

    @Test
    void a_changed_part_is_set_up_without_a_look_at_the_others(@TempDir Path folder) throws IOException {
        var agent = following(folder);
        part(folder, 0, 7, APPS_ENTRY);
        part(folder, 1, 9, OTHER_ENTRY);
        agent.look();
        runtime.configured.clear();

        part(folder, 1, 10, OTHER_ENTRY.replace("62.26", "62.27"));
        agent.look();
        assertThat(runtime.configured).containsExactly(OTHER);
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 2);
    }

    @Test
    void an_agent_that_has_minutes_of_work_is_alive_says_how_far_it_is_and_can_be_stopped(@TempDir Path folder)
            throws IOException {
        var agent = following(folder);
        part(folder, 0, 7, APPS_ENTRY);
        part(folder, 1, 9, OTHER_ENTRY);
        var alive = new ArrayList<Boolean>();
        runtime.beforeEach = host -> {
            clock.advance(NodeAgent.STUCK_AFTER.minusSeconds(1));
            alive.add(agent.alive());
            agent.stop();
        };
        agent.look();
        assertThat(runtime.present()).as("it was told to stop after the first").containsExactly(APPS);

        var next = following(folder);
        runtime.beforeEach = host -> {
            clock.advance(NodeAgent.STUCK_AFTER.minusSeconds(1));
            alive.add(next.alive());
            if (host.equals(OTHER)) {
                assertThat(next.status().sequences()).containsExactly(7L, 0L);
                assertThat(next.status().counts()).containsEntry(HostState.CONFIGURED, 1);
            }
        };
        next.look();
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(next.status().sequences()).containsExactly(7L, 9L);
        assertThat(alive).hasSize(3).doesNotContain(false);
    }

    @Test
    void on_a_node_that_is_not_applicable_nothing_is_written_and_the_reason_is_told() throws IOException {
        runtime.notApplicable = Optional.of("its runtime is another one");
        say(BOTH);
        assertThat(runtime.configured).isEmpty();
        assertThat(agent.status().notApplicable()).contains("its runtime is another one");
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 0);

        runtime.notApplicable = Optional.empty();
        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(agent.status().notApplicable()).isEmpty();
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

    private NodeAgent following(Path folder) {
        return new NodeAgent("1.2.3", runtime, new HostsSource(folder), clock);
    }

    /** One of two parts, as the operator writes them. */
    private static void part(Path folder, int number, long sequence, String entry) throws IOException {
        Files.writeString(
                folder.resolve("hosts-" + number + ".yaml"),
                "{shards: 2, shard: %d, sequence: %d, hosts: [%s]}".formatted(number, sequence, entry));
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
