package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.registry.RegistryNames;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeHostsTest {
    private static final String CA = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", CA);
    private static final NodeHost JOBS = NodeHost.at("jobs.team-b.svc", "fd00::1", CA);

    @Test
    void the_file_reads_as_agents_expect_it() {
        assertThat(NodeHosts.of(List.of(APPS, JOBS)).yaml()).isEqualTo("""
                ---
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
    void what_stands_in_place_of_an_upstream_has_a_list_that_older_agents_pass_over() {
        MirrorHost hub = new MirrorHost("docker.io", "team-a/hub", new RegistryNames("team-a", "apps"));
        NodeHost entry = NodeHost.at(APPS.name(), "10.96.62.25", "ca").inPlaceOf(hub);
        assertThat(NodeHosts.of(List.of(entry)).yaml()).isEqualTo("""
                ---
                hosts: []
                mirrors:
                - name: "docker.io"
                  endpoint: "https://10.96.62.25"
                  ca: "ca"
                  mirror: "team-a/hub"
                """);
        assertThat(entry.isOf(hub)).isTrue();
    }

    @Test
    void the_order_in_which_registries_were_found_makes_no_difference() {
        NodeHosts one = NodeHosts.of(List.of(APPS, JOBS));
        NodeHosts other = NodeHosts.of(List.of(JOBS, APPS));
        assertThat(one).isEqualTo(other);
        assertThat(one.revision()).isEqualTo(other.revision()).hasSize(64);
        assertThat(one.configMap("berth-nodes")).isEqualTo(other.configMap("berth-nodes"));
    }

    @Test
    void each_change_is_another_revision() {
        assertThat(List.of(
                        NodeHosts.NONE.revision(),
                        NodeHosts.of(List.of(APPS)).revision(),
                        NodeHosts.of(List.of(NodeHost.at(APPS.name(), "10.96.62.26", CA)))
                                .revision(),
                        NodeHosts.of(List.of(NodeHost.at(APPS.name(), "10.96.62.25", CA + CA)))
                                .revision()))
                .doesNotHaveDuplicates();
    }

    @Test
    void text_in_an_authority_cannot_become_an_entry_of_its_own() {
        String forged = "x\n- name: \"docker.io\"\n  endpoint: \"https://10.0.0.1\"\n\u0007\n";
        String yaml = NodeHosts.of(List.of(NodeHost.at("apps.team-a.svc", "10.96.62.25", forged)))
                .yaml();
        HostsDocument read = Serialization.unmarshal(yaml, HostsDocument.class);
        assertThat(read.hosts()).containsExactly(new NodeHost("apps.team-a.svc", "https://10.96.62.25", forged, null));
    }

    @Test
    void a_config_map_that_says_the_same_needs_no_writing() {
        NodeHosts hosts = NodeHosts.of(List.of(APPS));
        assertThat(hosts.isIn(Optional.of(hosts.configMap("berth-nodes")))).isTrue();
        assertThat(hosts.isIn(Optional.of(NodeHosts.NONE.configMap("berth-nodes"))))
                .isFalse();
        assertThat(hosts.isIn(Optional.of(new ConfigMapBuilder().build()))).isFalse();
        assertThat(hosts.isIn(Optional.empty())).isFalse();
    }

    /** The file as a whole, as whoever reads it sees it. */
    private record HostsDocument(List<NodeHost> hosts) {}
}
