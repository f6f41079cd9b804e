package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.protocol.hosts.NodeHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostShardTest {
    private static final String CA = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of(CA));
    private static final NodeHost JOBS = NodeHost.at("jobs.team-b.svc", "fd00::1", Optional.of(CA));

    @Test
    void the_file_reads_as_agents_expect_it() {
        assertThat(shard(JOBS, APPS).yaml()).isEqualTo("""
                ---
                shard: 3
                shards: 16
                sequence: 7
                hosts:
                - name: "apps.team-a.svc"
                  endpoint: "https://10.96.62.25"
                  ca: |
                    -----BEGIN CERTIFICATE-----
                    MIIB
                    -----END CERTIFICATE-----
                - name: "jobs.team-b.svc"
                  endpoint: "https://[fd00::1]"
                  ca: |
                    -----BEGIN CERTIFICATE-----
                    MIIB
                    -----END CERTIFICATE-----
                """);
    }

    @Test
    void what_stands_in_place_of_an_upstream_has_a_list_of_its_own() {
        var hub = new MirrorHost("docker.io", "team-a/hub", new RegistryNames("team-a", "apps"), Optional.empty());
        var entry = NodeHost.at(APPS.name(), "10.96.62.25", Optional.empty()).inPlaceOf(hub.upstream(), hub.mirror());
        assertThat(shard(entry).yaml()).isEqualTo("""
                ---
                shard: 3
                shards: 16
                sequence: 7
                hosts: []
                mirrors:
                - name: "docker.io"
                  endpoint: "https://10.96.62.25"
                  mirror: "team-a/hub"
                """);
        assertThat(hub.isBy(entry)).isTrue();
    }

    @Test
    void what_was_written_is_read_by_the_operator_that_starts_next() {
        var written = shard(APPS, JOBS);
        var map = written.configMap("berth-nodes");
        assertThat(HostShard.read(3, map)).isEqualTo(written);
        assertThat(written.isIn(map)).isTrue();
        assertThat(HostShard.numberOf(map)).contains(3);
    }

    @Test
    void a_config_map_that_somebody_changed_is_not_what_was_written() {
        var written = shard(APPS);
        var map = written.configMap("berth-nodes");
        assertThat(written.isIn(new ConfigMapBuilder(map)
                        .addToData("hosts.yaml", "hosts: []\n")
                        .build()))
                .isFalse();
        assertThat(written.isIn(new ConfigMapBuilder(map)
                        .editMetadata()
                        .withLabels(Map.of())
                        .endMetadata()
                        .build()))
                .as("without its label it isn't watched")
                .isFalse();
        assertThat(written.isIn(new ConfigMapBuilder(map).withData(null).build()))
                .isFalse();
    }

    @Test
    void text_in_an_authority_cannot_become_an_entry_of_its_own() {
        var forged = "x\n- name: \"docker.io\"\n  endpoint: \"https://10.0.0.1\"\n\u0007\n";
        var shard = shard(NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of(forged)));
        assertThat(HostShard.read(3, shard.configMap("berth-nodes"))).isEqualTo(shard);
    }

    @Test
    void entries_that_are_no_entries_are_passed_over_and_the_sequence_is_kept() {
        var read = HostShard.read(
                3,
                map(
                        "sequence: 9\nnews: 1\nhosts: [null, {}, [[[]]], {name: a.b.svc}, {name: c.d.svc, endpoint: x, more: [1]}]\n"));
        assertThat(read.sequence()).isEqualTo(9);
        assertThat(read.hosts()).containsOnlyKeys("c.d.svc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "[]", "hosts: {a: b}", "hosts: [", "sequence: soon", "{hosts: [], sequence: soon}"})
    void a_file_that_is_no_list_is_said_to_be_none(String text) {
        assertThatThrownBy(() -> HostShard.read(3, map(text))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void an_entry_that_stays_as_it_is_stays_since_its_own_write() {
        var next = shard(APPS).next(List.of(APPS, JOBS), 8, true);
        assertThat(next.hosts().values())
                .extracting(listed -> listed.host().name() + " since " + listed.since())
                .containsExactly("apps.team-a.svc since 7", "jobs.team-b.svc since 8");

        assertThat(next.next(List.of(APPS), 9, false).hosts().values())
                .as("after somebody's change nobody knows what agents found")
                .extracting(HostShard.Listed::since)
                .containsExactly(9L);
    }

    @Test
    void a_host_is_in_the_same_part_for_all_time_and_ten_thousand_are_spread_evenly() {
        assertThat(HostShard.numberOf("apps.team-a.svc")).isEqualTo(2);
        assertThat(HostShard.numberOf("docker.io")).isEqualTo(7);
        var sizes = IntStream.range(0, 10_000)
                .mapToObj(i -> "r%d.team-%d.svc".formatted(i % 10, i / 10))
                .collect(Collectors.groupingBy(HostShard::numberOf, Collectors.counting()));
        assertThat(sizes).hasSize(16);
        assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(500L, 750L));
    }

    @Test
    void other_config_maps_are_no_parts() {
        for (var name : List.of("berth-node-hosts", "berth-node-hosts-16", "berth-node-hosts-03", "x-3")) {
            var map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .build();
            assertThat(HostShard.numberOf(map)).as(name).isEmpty();
        }
    }

    private static HostShard shard(NodeHost... hosts) {
        return HostShard.neverWritten(3).next(List.of(hosts), 7, true);
    }

    private static ConfigMap map(String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("berth-node-hosts-3")
                .endMetadata()
                .addToData("hosts.yaml", text)
                .build();
    }
}
