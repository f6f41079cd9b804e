package dev.berth.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"apps.team-a.svc", "apps.team-a.svc:443", "apps.team-a.svc.cluster.local", "a.svc"})
    void a_service_is_one(String host) {
        assertThat(ClusterName.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docker.io", "svc", "apps.team-a.svc.example.com", "registry.example.com:5000", "a.svcs", ""})
    void a_host_outside_the_cluster_is_none(String host) {
        assertThat(ClusterName.is(host)).isFalse();
    }
}
