package dev.berth.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The patch that writes a status. */
final class StatusPublisherTest {
    private final StatusPublisher<Registry, RegistryStatus> publisher =
            new StatusPublisher<>(Registry::new, List.of(), () -> Instant.EPOCH);

    @Test
    void a_patch_says_nothing_but_the_status() {
        var patch = publisher.patch(Expected.registry(), RegistryStatus.EMPTY);
        assertThat(patch.getSpec()).isNull();
        assertThat(patch.getStatus()).isEqualTo(RegistryStatus.EMPTY);
        assertThat(patch.getMetadata().getUid()).isNull();
        assertThat(patch.getMetadata().getName()).isEqualTo("apps");
        assertThat(patch.getMetadata().getNamespace()).isEqualTo("team-a");
    }

    @Test
    void a_resource_that_was_changed_or_created_anew_meanwhile_is_not_reconciled_yet() {
        assertThat(StatusPublisher.isReconciled(metadata("a", 1), metadata("a", 1)))
                .isTrue();
        assertThat(StatusPublisher.isReconciled(metadata("a", 1), metadata("a", 2)))
                .isFalse();
        assertThat(StatusPublisher.isReconciled(metadata("a", 1), metadata("b", 1)))
                .isFalse();
    }

    private static ObjectMeta metadata(String uid, long generation) {
        return new ObjectMetaBuilder().withUid(uid).withGeneration(generation).build();
    }
}
