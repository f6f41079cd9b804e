package dev.berth.protocol.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsDocumentTest {
    private static final String CA = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of(CA));
    private static final NodeHost JOBS = NodeHost.at("jobs.team-b.svc", "fd00::1", Optional.empty());

    /** The operator compares texts, and agents of every version read them. */
    @Test
    void the_file_is_what_the_operator_has_always_written() throws InvalidHosts {
        var document = part(List.of(APPS, JOBS), List.of(JOBS.inPlaceOf("docker.io", "team-a/hub")));
        assertThat(document.yaml()).isEqualTo("""
                ---
                shard: 3
                shards: 16
                sequence: 1764000000123
                hosts:
                - name: "apps.team-a.svc"
                  endpoint: "https://10.96.62.25"
                  ca: |
                    -----BEGIN CERTIFICATE-----
                    MIIB
                    -----END CERTIFICATE-----
                - name: "jobs.team-b.svc"
                  endpoint: "https://[fd00::1]"
                mirrors:
                - name: "docker.io"
                  endpoint: "https://[fd00::1]"
                  mirror: "team-a/hub"
                """);
        assertThat(read(document.yaml())).isEqualTo(document);
    }

    @Test
    void images_to_preload_stand_with_their_host_and_the_labels_of_the_nodes_that_pull_them() throws InvalidHosts {
        var gpus = new LabelRequirement("gpu", LabelRequirement.EXISTS, List.of());
        var zone = new LabelRequirement("zone", LabelRequirement.IN, List.of("a", "b"));
        var document = part(
                List.of(JOBS.preloading(
                        Optional.of(new Preload(List.of("web:1", "job@sha256:ab"), List.of(gpus, zone))))),
                List.of(JOBS.inPlaceOf("docker.io", "team-a/hub")
                        .preloading(Optional.of(new Preload(List.of("library/nginx:1"), List.of())))));
        assertThat(document.yaml()).isEqualTo("""
                ---
                shard: 3
                shards: 16
                sequence: 1764000000123
                hosts:
                - name: "jobs.team-b.svc"
                  endpoint: "https://[fd00::1]"
                  preload:
                    images:
                    - "web:1"
                    - "job@sha256:ab"
                    nodes:
                    - key: "gpu"
                      operator: "Exists"
                    - key: "zone"
                      operator: "In"
                      values:
                      - "a"
                      - "b"
                mirrors:
                - name: "docker.io"
                  endpoint: "https://[fd00::1]"
                  mirror: "team-a/hub"
                  preload:
                    images:
                    - "library/nginx:1"
                    nodes: []
                """);
        assertThat(read(document.yaml())).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x]", "text", "7", "{}", "null", "{images: x}", "{images: []}", "{images: [[a], 7]}"})
    void images_to_preload_that_cannot_be_read_are_none_and_the_host_stays(String preload) throws InvalidHosts {
        var hosts = read("hosts: [{name: a.b.svc, endpoint: \"https://10.96.0.9\", preload: " + preload + "}]")
                .hosts();
        assertThat(hosts).containsExactly(NodeHost.at("a.b.svc", "10.96.0.9", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{images: [web:1]}",
                "{images: [web:1], nodes: {zone: a}}",
                "{images: [web:1], nodes: [zone]}",
                "{images: [web:1], nodes: [{key: zone, operator: Near}]}"
            })
    void nodes_that_cannot_be_read_are_none(String preload) throws InvalidHosts {
        var host = read("hosts: [{name: a.b.svc, endpoint: \"https://10.96.0.9\", preload: " + preload + "}]")
                .hosts()
                .getFirst();
        assertThat(host.preload()).hasValueSatisfying(images -> {
            assertThat(images.images()).containsExactly("web:1");
            assertThat(images.selects(Map.of("zone", "a"))).isFalse();
        });
    }

    @Test
    void a_list_without_entries_is_a_list() throws InvalidHosts {
        assertThat(part(List.of(), List.of()).yaml())
                .isEqualTo("---\nshard: 3\nshards: 16\nsequence: 1764000000123\nhosts: []\n");
        assertThat(read("hosts: []\n"))
                .isEqualTo(new HostsDocument(Optional.empty(), Optional.empty(), 0, List.of(), List.of()));
    }

    @Test
    void a_file_of_a_newer_operator_is_understood_as_far_as_possible() throws InvalidHosts {
        var newer = read("""
                generation: 7
                shard: 0
                shards: 32
                sequence: 9
                hosts: [{name: a.b.svc, endpoint: "https://10.96.0.9", preload: [x], weight: {high: 1}}]
                peers: [{name: c.d.svc}]
                """);
        assertThat(newer.shards()).contains(32);
        assertThat(newer.hosts()).containsExactly(NodeHost.at("a.b.svc", "10.96.0.9", Optional.empty()));
    }

    @Test
    void a_file_of_an_older_operator_is_the_whole_list() throws InvalidHosts {
        var older = read("hosts: [{name: a.b.svc, endpoint: \"https://10.96.0.9\"}]");
        assertThat(older.shards()).isEmpty();
        assertThat(older.mirrors()).isEmpty();
    }

    @Test
    void an_entry_that_is_none_is_one_without_a_name() throws InvalidHosts {
        assertThat(read("hosts: [null, text, 7, [[]], {}, {name: [a], endpoint: x}, '']")
                        .hosts())
                .hasSize(7)
                .allSatisfy(host -> assertThat(host.name()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "hosts:",
                "hosts: {a: b}",
                "hosts: [",
                "%",
                "sequence: 1",
                "{hosts: [], sequence: soon}",
                "{hosts: [], shards: 16}",
                "{hosts: [], shards: [], shard: 1}"
            })
    void what_is_no_list_is_refused_in_a_sentence(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidHosts.class).hasMessageStartingWith("the hosts file ");
    }

    @Property(tries = 300)
    void text_in_an_authority_cannot_become_an_entry_of_its_own(@ForAll String text) throws InvalidHosts {
        var forged = "x\n- name: \"docker.io\"\n" + text.replaceAll("[^\\x20-\\x7e\\n]", "\u0007");
        var document = part(List.of(NodeHost.at("a.b.svc", "10.96.0.9", Optional.of(forged))), List.of());
        assertThat(read(document.yaml())).isEqualTo(document);
    }

    private static HostsDocument part(List<NodeHost> hosts, List<NodeHost> mirrors) {
        return new HostsDocument(Optional.of(3), Optional.of(16), 1_764_000_000_123L, hosts, mirrors);
    }

    private static HostsDocument read(String yaml) throws InvalidHosts {
        return HostsDocument.read(yaml.getBytes(UTF_8));
    }
}
