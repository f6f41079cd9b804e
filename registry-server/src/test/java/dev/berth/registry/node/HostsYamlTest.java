package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.HostsReading.Hosts;
import dev.berth.registry.node.HostsReading.Nothing;
import dev.berth.registry.node.HostsReading.Refused;
import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsYamlTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");

    @Test
    void a_file_without_a_sequence_is_the_whole_list() {
        var hosts = hosts("hosts: [{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}]\n");

        assertThat(hosts.hosts())
                .containsExactly(
                        new RegistryHost(APPS, Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.NONE));
        assertThat(hosts.refused()).isEmpty();
        assertThat(hosts.shard()).isEqualTo(Shard.WHOLE);
    }

    @Test
    void an_authority_is_read_from_a_block_of_pem() {
        var block = Authorities.FIRST.indent(6);
        var hosts = hosts("hosts:\n  - name: apps.team-a.svc\n    endpoint: https://10.96.62.25\n    ca: |\n" + block);
        assertThat(hosts.hosts().getFirst().ca()).contains(new CertificateBundle(Authorities.FIRST));
    }

    @Test
    void hosts_that_a_registry_stands_in_for_have_a_list_of_their_own() {
        var hosts = hosts("""
                hosts:
                  - {name: apps.team-a.svc, endpoint: "https://10.96.62.25"}
                mirrors:
                  - {name: docker.io, endpoint: "https://10.96.62.25", mirror: team-a/hub}
                  - {name: docker.io, endpoint: "https://10.96.0.9"}
                """);
        assertThat(hosts.hosts())
                .containsExactly(
                        new RegistryHost(APPS, Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.NONE),
                        new RegistryHost(
                                new HostName("docker.io"),
                                Endpoint.parse("https://10.96.62.25"),
                                Optional.empty(),
                                FallBack.UPSTREAM));
        assertThat(hosts.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.why()).contains("listed twice"));
    }

    @Test
    void no_mirror_stands_in_for_a_registry_whose_own_entry_is_missing_or_in_another_part() {
        var hosts = hosts("""
                hosts: []
                mirrors:
                  - {name: apps.team-a.svc, endpoint: "https://10.96.0.9", mirror: team-b/hub}
                  - {name: "apps.team-a.svc:443", endpoint: "https://10.96.0.9", mirror: team-b/hub}
                """);
        assertThat(hosts.hosts()).isEmpty();
        assertThat(hosts.refused())
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused.why()).contains("no mirror stands in for a Registry"));
    }

    @Test
    void a_part_says_which_one_it_is_and_by_which_write() {
        assertThat(hosts("shard: 3\nshards: 16\nsequence: 1764000000123\nhosts: []\n")
                        .shard())
                .isEqualTo(new Shard(3, 16, 1_764_000_000_123L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shards: 16",
                "{shards: 16, shard: 16, sequence: 1}",
                "{shards: 16, shard: -1, sequence: 1}",
                "{shards: 0, shard: 0, sequence: 1}",
                "{shards: 2000000, shard: 0, sequence: 1}",
                "{shards: 16, shard: 0, sequence: 0}",
                "{shards: 16, shard: 0, sequence: soon}",
                "{shards: [], shard: {}, sequence: null}"
            })
    void a_part_that_does_not_say_which_one_it_is_says_nothing(String position) {
        String keys = position.startsWith("{") ? position.substring(1, position.length() - 1) : position;
        var file = "{" + keys + ", hosts: []}";
        assertThat(HostsYaml.read(file.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Nothing.class);
    }

    @Test
    void an_empty_list_is_a_list() {
        assertThat(hosts("hosts: []\n").hosts()).isEmpty();
    }

    @Test
    void keys_of_a_newer_operator_are_passed_over() {
        assertThat(hosts("generation: 7\nhosts: [{name: a.b.svc, endpoint: \"https://10.96.0.9\", preload: [x]}]")
                        .hosts())
                .hasSize(1);
    }

    @Test
    void one_entry_that_cannot_be_used_does_not_keep_the_others_from_working() {
        var hosts = hosts("""
                hosts:
                  - {name: ../../etc, endpoint: "https://10.96.0.1"}
                  - {name: apps.team-a.svc, endpoint: "https://10.96.0.2/path"}
                  - {name: good.team-a.svc, endpoint: "https://10.96.0.3"}
                  - {name: good.team-a.svc, endpoint: "https://10.96.0.4"}
                  - {endpoint: "https://10.96.0.5"}
                  - just a string
                """);

        assertThat(hosts.hosts())
                .extracting(host -> host.name() + " " + host.endpoint())
                .containsExactly("good.team-a.svc https://10.96.0.3");
        assertThat(hosts.refused())
                .extracting(Refused::text)
                .containsExactly("../../etc", "apps.team-a.svc", "good.team-a.svc", "", "");
        assertThat(hosts.refused().get(0).host()).isEmpty();
        assertThat(hosts.refused().get(1).host()).contains(APPS);
        assertThat(hosts.refused().get(1).why()).contains("https://10.96.0.2/path", "an endpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hosts:", "hosts: {}", "- a", "text", "hosts: [", "\t", "a: b: c", "hosts: \"x\"", "%"})
    void what_is_no_list_of_hosts_says_nothing(String text) {
        assertThat(HostsYaml.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Nothing.class, nothing -> assertThat(nothing.why()).startsWith("the hosts file"));
    }

    private static Hosts hosts(String text) {
        return (Hosts) HostsYaml.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
