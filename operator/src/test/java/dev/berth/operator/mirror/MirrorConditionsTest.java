package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.protocol.status.ServerReport;
import dev.berth.v1alpha1.Condition.Status;
import dev.berth.v1alpha1.ImageMirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The conditions of a mirror besides those of kstatus and of nodes. */
final class MirrorConditionsTest {
    private static final ImageMirror LIMITED = Mirrors.hub("quota: {size: 50Gi}");

    @Test
    void a_mirror_at_its_quota_says_what_to_do() throws IOException {
        assertThat(MirrorConditions.quotaReached(seen(LIMITED, "\"full\": true")))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.TRUE);
                    assertThat(finding.reason()).isEqualTo("QuotaReached");
                    assertThat(finding.message())
                            .contains("the 50Gi that spec.quota.size allows")
                            .endsWith("raise spec.quota.size or delete images");
                });
        assertThat(MirrorConditions.quotaReached(seen(LIMITED, "\"full\": false")))
                .map(Finding::reason)
                .hasValue("WithinQuota");
    }

    @Test
    void a_mirror_without_a_quota_has_no_such_condition() throws IOException {
        assertThat(MirrorConditions.quotaReached(seen(Mirrors.hub(), "\"full\": true")))
                .isEmpty();
    }

    @Test
    void a_reason_that_is_no_word_is_not_repeated() throws IOException {
        var report = "\"reachable\": false, \"reason\": \"no such host\", \"message\": \"\"";
        assertThat(MirrorConditions.upstreamReachable(seen(LIMITED, report)))
                .hasValue(Finding.fails("UpstreamReachable", "Unreachable", "docker.io does not answer"));
    }

    @Test
    void a_limited_operator_says_that_it_prunes_nothing_and_why() {
        var limited = new WatchedNamespaces(Set.of("team-a"));
        assertThat(MirrorConditions.pruning(Mirrors.hub("prune: true"), limited))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.FALSE);
                    assertThat(finding.reason()).isEqualTo("PodsUnknown");
                    assertThat(finding.message()).contains("BERTH_WATCH_NAMESPACES", "set spec.prune to false");
                });
        assertThat(MirrorConditions.pruning(Mirrors.hub("prune: false"), limited))
                .isEmpty();
        assertThat(MirrorConditions.pruning(Mirrors.hub("prune: true"), new WatchedNamespaces(Set.of())))
                .isEmpty();
    }

    @Test
    void nothing_is_said_while_the_server_says_nothing() {
        assertThat(MirrorConditions.upstreamReachable(Mirrors.seen(LIMITED))).isEmpty();
        assertThat(MirrorConditions.quotaReached(Mirrors.seen(LIMITED))).isEmpty();
    }

    private static MirrorSeen seen(ImageMirror mirror, String report) throws IOException {
        var page = "{\"mirrors\": [{\"name\": \"team-a/hub\", " + report + "}]}";
        var answer = MirrorAnswer.of("team-a/hub", ServerReport.read(page.getBytes(StandardCharsets.UTF_8)));
        var before = Mirrors.seen(mirror);
        return new MirrorSeen(mirror, before.registry(), before.rival(), before.inputs(), Optional.of(answer));
    }
}
