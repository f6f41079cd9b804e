package dev.berth.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Servers are replaced one after the other. */
final class UpgradeTurnsTest {
    private static final ResourceID ONE = new ResourceID("one", "team-a");
    private static final ResourceID TWO = new ResourceID("two", "team-b");

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Instant now = NOON;
    private final UpgradeTurns turns = new UpgradeTurns(() -> now);

    @Test
    void the_second_waits_until_the_first_serves_again() {
        assertThat(turns.take(ONE)).isTrue();
        assertThat(turns.take(TWO)).isFalse();
        assertThat(turns.take(ONE)).as("the same turn").isTrue();
        turns.end(ONE);
        assertThat(turns.take(TWO)).isTrue();
    }

    @Test
    void the_one_that_waits_is_woken_although_its_old_server_serves() {
        var woken = new ArrayList<ResourceID>();
        turns.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
        turns.start();
        turns.take(ONE);
        turns.take(TWO);
        turns.end(TWO);
        assertThat(woken).isEmpty();
        turns.end(ONE);
        assertThat(woken).containsExactly(TWO);
        turns.stop();
    }

    @Test
    void one_whose_new_server_does_not_come_up_keeps_nobody_waiting_for_ever() {
        turns.take(ONE);
        now = NOON.plus(UpgradeTurns.LONGEST_TURN).plusSeconds(1);
        assertThat(turns.take(TWO)).isTrue();
        turns.end(ONE);
        assertThat(turns.take(ONE)).as("its turn is over").isFalse();
    }

    @Test
    void only_a_changed_template_of_the_same_spec_under_a_serving_server_is_an_upgrade() {
        var registry = Expected.registry();
        var before = PodTemplateRevision.of(ServerPod.of(registry, new ServerImage("server:1", false)), registry);
        var after = PodTemplateRevision.of(ServerPod.of(registry, new ServerImage("server:2", false)), registry);
        assertThat(after.isUpgradeOf(set(before, 1))).isTrue();
        assertThat(after.isUpgradeOf(set(before, 0))).as("nothing serves").isFalse();
        assertThat(before.isUpgradeOf(set(before, 1))).as("nothing changed").isFalse();

        registry.getMetadata().setGeneration(2L);
        var changed = PodTemplateRevision.of(ServerPod.of(registry, new ServerImage("server:2", false)), registry);
        assertThat(changed.isUpgradeOf(set(before, 1)))
                .as("its owner asked for it")
                .isFalse();
    }

    private static StatefulSet set(PodTemplateRevision applied, int ready) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withAnnotations(applied.annotations())
                .endMetadata()
                .withNewStatus()
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }
}
