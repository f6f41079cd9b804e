package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.MirrorInputs.Input.Absent;
import dev.berth.operator.mirror.MirrorInputs.Input.File;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server is told of a mirror. */
final class MirrorEntryTest {
    private static final Refused GONE = new Refused(new Stalled("CredentialsNotFound", "make it"));

    @Test
    void the_shortest_mirror() {
        holds(MirrorEntry.of(Mirrors.hub(), MirrorInputs.NONE, Optional.empty()), """
                upstream: docker.io
                name: team-a/hub
                mode: OnDemand
                interval: 1h
                includeReferrers: false
                tagMovePolicy: Follow
                prune: false
                paused: false
                """);
    }

    @Test
    void a_mirror_with_everything() {
        var mirror = Mirrors.hub(
                "upstream:",
                "  host: docker.io",
                "  url: https://mirror.example.com",
                "  credentialsSecretRef: {name: hub-login}",
                "  caRef: {name: hub-ca}",
                "  realms: [auth.example.com]",
                "mode: Scheduled",
                "images:",
                "- repository: library/nginx",
                "  tags: {semver: '>=1.25 <2', newest: 3}",
                "  platforms: [linux/amd64]",
                "- repository: library/alpine",
                "  tags: {names: [3.22, edge]}",
                "- repository: library/redis",
                "interval: 1h30m",
                "includeReferrers: true",
                "tagMovePolicy: Keep",
                "prune: true",
                "servePrivateImagesToAnyone: true",
                "quota: {size: 50Gi}",
                "anonymousFetchFromOutside: true",
                "nodes: {enabled: true}");
        mirror.getMetadata().setAnnotations(Map.of("berth.dev/sync-now", "release 7"));
        var inputs = new MirrorInputs(new File("a password"), new File("a certificate"));
        var entry = MirrorEntry.of(
                mirror, inputs, Optional.of(List.of("docker.io/library/nginx:1.27", "docker.io/library/alpine:3.20")));
        holds(entry, """
                upstream: docker.io
                url: https://mirror.example.com
                name: team-a/hub
                credentials: {dockerConfig: /etc/berth/mirrors/hub.json}
                anonymousPull: true
                realms: [auth.docker.io, auth.example.com]
                ca: /etc/berth/mirrors/hub.crt
                mode: Scheduled
                interval: 5400s
                images:
                - {repository: library/nginx, tags: {semver: '>=1.25 <2', newest: 3}, platforms: [linux/amd64]}
                - {repository: library/alpine, tags: {names: ['3.22', edge]}}
                - {repository: library/redis}
                includeReferrers: true
                maxBytes: 53687091200
                anonymousFetchFromOutside: true
                tagMovePolicy: Keep
                prune: true
                keepDigests: [60b4c450f4fe3a81e1dddb261152aece, c7ccf99a43ecc483ce73bf08967d99a4]
                paused: false
                syncRequest: release 7
                """);
        assertThat(entry.files()).isEqualTo(Map.of("hub.json", "a password", "hub.crt", "a certificate"));
        assertThat(entry.toString()).doesNotContain("a password");
    }

    @Test
    void a_mirror_whose_secret_is_gone_fetches_nothing_and_keeps_private_what_it_has() {
        var mirror = Mirrors.hub("upstream: {host: docker.io, credentialsSecretRef: {name: hub-login}}");
        var entry = MirrorEntry.of(mirror, new MirrorInputs(GONE, new Absent()), Optional.empty());
        assertThat(entry.settings())
                .containsEntry("paused", true)
                .containsEntry("anonymousPull", false)
                .containsEntry("credentials", Map.of("dockerConfig", "/etc/berth/mirrors/hub.json"));
        assertThat(entry.files()).isEqualTo(Map.of("hub.json", "{\"auths\":{}}"));
    }

    @Test
    void a_mirror_whose_authority_is_gone_fetches_nothing() {
        var entry = MirrorEntry.of(Mirrors.hub(), new MirrorInputs(new Absent(), GONE), Optional.empty());
        assertThat(entry.settings()).containsEntry("paused", true).doesNotContainKey("ca");
    }

    @Test
    void a_selection_that_a_server_could_not_read_never_reaches_one() {
        var entry = MirrorEntry.of(
                Mirrors.hub("mode: Scheduled", "images: [{repository: library/nginx, tags: {regex: '['}}]"),
                MirrorInputs.NONE,
                Optional.empty());
        assertThat(entry.settings())
                .containsEntry("paused", true)
                .containsEntry("mode", "OnDemand")
                .doesNotContainKey("images");
    }

    @Test
    void what_other_namespaces_run_is_not_told_to_a_tenant() {
        var used = Optional.of(List.of("docker.io/library/nginx:1.27"));
        var entry = MirrorEntry.of(Mirrors.hub("prune: true"), MirrorInputs.NONE, used);
        assertThat(entry.toString()).doesNotContain("nginx", "keep=");
        assertThat(entry.settings()).containsEntry("prune", true).containsKey("keepDigests");
    }

    @Test
    void nothing_is_pruned_while_nobody_knows_what_pods_use() {
        var entry = MirrorEntry.of(Mirrors.hub("prune: true"), MirrorInputs.NONE, Optional.empty());
        assertThat(entry.settings()).containsEntry("prune", false).doesNotContainKey("keepDigests");
    }

    @ParameterizedTest
    @CsvSource({"30m, 30m", "90s, 90s", "1h30m, 5400s", "01h, 3600s", "1h0m5s, 3605s"})
    void an_interval_is_told_with_one_unit(String text, String told) {
        assertThat(MirrorEntry.interval(text)).isEqualTo(told);
    }

    private static void holds(MirrorEntry entry, String yaml) {
        var serialization = new KubernetesSerialization();
        assertThat(serialization.asYaml(entry.settings()))
                .isEqualTo(serialization.asYaml(serialization.unmarshal(yaml, Map.class)));
    }
}
