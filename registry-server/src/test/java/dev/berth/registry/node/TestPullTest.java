package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.node.canary.HostTrials;
import dev.berth.registry.node.canary.TestPull;
import dev.berth.registry.node.canary.TestPulls;
import dev.berth.registry.node.endpoint.PullEndpoint;
import dev.berth.registry.node.runtime.HostName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does about the result of its test pulls. */
final class TestPullTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");
    private static final TestPull WORKS = new TestPull.Works();
    private static final TestPull FAILS = new TestPull.Fails("connection refused");
    private static final TestPull UNAVAILABLE = new TestPull.Unavailable("no socket");

    private final MemoryRuntime runtime = new MemoryRuntime();
    private final StoppedClock clock = new StoppedClock();
    private final ScriptedPulls pulls = new ScriptedPulls();
    private Path hosts;
    private NodeAgent agent;

    @BeforeEach
    void start(@TempDir Path folder) {
        hosts = folder.resolve("hosts.yaml");
        agent = new NodeAgent(
                "1.2.3",
                runtime,
                new HostsSource(hosts),
                new HostTrials(runtime, Optional.of(pulls), clock),
                clock,
                PullEndpoint.OFF);
    }

    @Test
    void a_host_is_configured_once_a_pull_from_it_works() throws IOException {
        pulls.results = host -> FAILS;
        say("https://10.96.62.25");
        assertThat(agent.status().counts())
                .containsEntry(HostState.CONFIGURED, 0)
                .containsEntry(HostState.FAILED, 1);
        assertThat(agent.status().hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.message()).contains("a test pull failed: connection refused"));
        assertThat(runtime.present()).as("nothing worked before").containsExactly(APPS);

        pulls.results = host -> WORKS;
        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
        assertThat(agent.status().testPulls())
                .contains(new NodeReport.TestPulls(1, 0, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_host_that_did_not_change_is_not_pulled_from_again() throws IOException {
        say("https://10.96.62.25");
        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(pulls.batches).containsExactly(List.of(APPS));
    }

    @Test
    void a_change_that_makes_a_pull_fail_is_taken_back_and_tried_again_later() throws IOException {
        say("https://10.96.62.25");
        pulls.results = host -> address().equals("https://10.96.62.25") ? WORKS : FAILS;
        say("https://10.96.62.26");
        assertThat(address()).isEqualTo("https://10.96.62.25");
        assertThat(agent.status().hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.message())
                        .hasValueSatisfying(why -> assertThat(why).contains("so the earlier one stays")));

        var before = pulls.batches.size();
        clock.advance(Duration.ofSeconds(9));
        agent.look();
        assertThat(pulls.batches).as("it waits").hasSize(before);
        assertThat(address()).isEqualTo("https://10.96.62.25");

        pulls.results = host -> WORKS;
        clock.advance(Duration.ofSeconds(10));
        agent.look();
        assertThat(address()).isEqualTo("https://10.96.62.26");
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
    }

    @Test
    void a_change_stays_if_the_earlier_version_does_not_work_either() throws IOException {
        say("https://10.96.62.25");
        pulls.results = host -> FAILS;
        say("https://10.96.62.26");
        assertThat(address()).isEqualTo("https://10.96.62.26");
        assertThat(agent.status().counts()).containsEntry(HostState.FAILED, 1);
    }

    @Test
    void a_node_without_a_socket_is_configured_and_says_that_nothing_was_checked() throws IOException {
        pulls.results = host -> UNAVAILABLE;
        say("https://10.96.62.25");
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
        assertThat(agent.status().testPulls())
                .contains(new NodeReport.TestPulls(0, 0, 1, Optional.of("no socket"), Optional.of("no socket")));
    }

    @Test
    void a_registry_without_the_image_does_not_say_that_the_node_makes_no_test_pulls() throws IOException {
        pulls.results = host -> new TestPull.NotChecked("the registry has no image for test pulls: " + host);
        say("https://10.96.62.25");
        assertThat(agent.status().testPulls()).hasValueSatisfying(found -> {
            assertThat(found.why()).hasValueSatisfying(why -> assertThat(why).contains("apps.team-a.svc"));
            assertThat(found.unavailable()).isEmpty();
        });
    }

    @Test
    void a_failing_host_is_tried_less_and_less_often() throws IOException {
        pulls.results = host -> FAILS;
        say("https://10.96.62.25");
        for (int i = 0; i < 60; i++) {
            clock.advance(NodeAgent.CHECK_EVERY);
            agent.look();
        }
        assertThat(pulls.batches).as("in ten minutes").hasSizeBetween(5, 10);
    }

    @Test
    void a_mirror_is_never_pulled_from_by_the_name_of_its_upstream() throws IOException {
        Files.writeString(hosts, "{hosts: [], mirrors: [{name: docker.io, endpoint: \"https://10.96.62.25\"}]}");
        agent.look();
        var stage = new HostName("docker.io.berth-canary.invalid");
        assertThat(pulls.batches).containsExactly(List.of(stage));
        assertThat(pulls.addresses).containsExactly("https://10.96.62.25");
        assertThat(runtime.present()).as("it is removed afterwards").containsExactly(new HostName("docker.io"));
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
    }

    @Test
    void a_mirror_that_fails_keeps_its_files_since_pulls_fall_back_to_the_upstream() throws IOException {
        pulls.results = host -> FAILS;
        Files.writeString(hosts, "{hosts: [], mirrors: [{name: docker.io, endpoint: \"https://10.96.62.25\"}]}");
        agent.look();
        assertThat(runtime.present()).containsExactly(new HostName("docker.io"));
        assertThat(agent.status().hosts())
                .singleElement()
                .satisfies(host -> assertThat(host.message())
                        .hasValueSatisfying(why -> assertThat(why).contains("fall back to the upstream")));
    }

    @Test
    void a_pull_that_works_ends_the_doubt_whether_the_runtime_reads_the_files() throws IOException {
        runtime.doubt = Optional.of("no config_path");
        pulls.results = host -> FAILS;
        say("https://10.96.62.25");
        assertThat(agent.status().doubt()).contains("no config_path");
        assertThat(agent.status().counts()).as("the doubt knows the remedy").containsEntry(HostState.CONFIGURED, 1);

        pulls.results = host -> WORKS;
        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(agent.status().doubt()).isEmpty();
    }

    @Test
    void a_runtime_that_was_restarted_is_tried_again_at_once() throws IOException {
        pulls.results = host -> FAILS;
        say("https://10.96.62.25");
        for (int i = 0; i < 20; i++) {
            clock.advance(NodeAgent.CHECK_EVERY);
            agent.look();
        }
        pulls.results = host -> WORKS;
        agent.look();
        assertThat(agent.status().counts()).as("the next try is in minutes").containsEntry(HostState.FAILED, 1);

        agent.lookAgain();
        agent.look();
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
        var tried = pulls.batches.size();
        agent.look();
        assertThat(pulls.batches).hasSize(tried);
    }

    @Test
    void a_pull_that_fails_slowly_does_not_put_off_the_next_try() throws IOException {
        pulls.takes = Duration.ofSeconds(10);
        pulls.results = host -> FAILS;
        say("https://10.96.62.25");

        pulls.results = host -> WORKS;
        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 1);
    }

    @Test
    void a_list_of_thousands_is_tried_a_few_at_a_time() throws IOException {
        Files.writeString(
                hosts,
                IntStream.range(0, 2000)
                        .mapToObj("  - {name: r%d.team-a.svc, endpoint: \"https://10.96.62.25\"}\n"::formatted)
                        .collect(Collectors.joining("", "hosts:\n", "")));
        agent.look();
        assertThat(pulls.batches)
                .hasSize(8)
                .allSatisfy(batch -> assertThat(batch).hasSize(4));
        assertThat(agent.status().counts()).containsEntry(HostState.CONFIGURED, 2000);
        assertThat(agent.status().testPulls())
                .hasValueSatisfying(counts -> assertThat(counts.notChecked()).isEqualTo(2000 - 32));

        clock.advance(NodeAgent.CHECK_EVERY);
        agent.look();
        assertThat(pulls.batches.stream().flatMap(List::stream).distinct()).hasSize(64);
    }

    @Test
    void slow_pulls_do_not_hold_up_the_agent() throws IOException {
        pulls.takes = Duration.ofSeconds(10);
        pulls.results = host -> FAILS;
        Files.writeString(
                hosts,
                IntStream.range(0, 40)
                        .mapToObj("  - {name: r%d.team-a.svc, endpoint: \"https://10.96.62.25\"}\n"::formatted)
                        .collect(Collectors.joining("", "hosts:\n", "")));
        agent.look();
        assertThat(pulls.batches).hasSize(2);
        assertThat(agent.alive()).isTrue();
    }

    private String address() {
        return address(APPS);
    }

    private String address(HostName host) {
        return Optional.ofNullable(runtime.hosts.get(host))
                .map(set -> set.endpoint().toString())
                .orElse("none");
    }

    private void say(String endpoint) throws IOException {
        Files.writeString(hosts, "hosts: [{name: apps.team-a.svc, endpoint: \"" + endpoint + "\"}]");
        agent.look();
    }

    /** Test pulls with results that are told, and a note of what was asked. */
    private final class ScriptedPulls implements TestPulls {
        private final List<List<HostName>> batches = new ArrayList<>();
        private final List<String> addresses = new ArrayList<>();
        private Function<HostName, TestPull> results = host -> WORKS;
        private Duration takes = Duration.ZERO;

        @Override
        public Map<HostName, TestPull> pull(List<HostName> asked) {
            batches.add(asked);
            clock.advance(takes);
            var answers = new LinkedHashMap<HostName, TestPull>();
            for (var host : asked) {
                addresses.add(address(host));
                answers.put(host, results.apply(host));
            }
            return answers;
        }
    }
}
