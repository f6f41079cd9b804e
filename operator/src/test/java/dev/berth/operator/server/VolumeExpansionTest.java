package dev.berth.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Finding;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The condition `VolumeExpanded`. */
final class VolumeExpansionTest {
    @Test
    void a_refusal_comes_first_and_says_how_to_go_back() {
        var refused = new VolumeExpansion(new Quantity("1Gi"), new Quantity("2Gi"), "the class cannot expand");
        assertThat(VolumeExpansion.finding(Optional.of(refused), Optional.of(claim("1Gi", "1Gi"))))
                .hasValue(
                        Finding.fails(
                                "VolumeExpanded",
                                "ExpansionRefused",
                                "spec.storage.persistentVolumeClaim.size is 2Gi, but the volume stays at 1Gi: the class cannot"
                                        + " expand. Set the size back to 1Gi, or use a StorageClass that allows volume expansion"));
    }

    @Test
    void a_volume_that_is_smaller_than_its_claim_is_being_expanded() {
        assertThat(VolumeExpansion.finding(Optional.empty(), Optional.of(claim("2Gi", "1Gi"))))
                .hasValue(
                        Finding.fails(
                                "VolumeExpanded",
                                "Expanding",
                                "the volume is being expanded from 1Gi to 2Gi; to see the progress: kubectl describe pvc apps"));
    }

    @Test
    void a_volume_of_its_claim_s_size_is_as_requested_in_whatever_unit() {
        assertThat(VolumeExpansion.finding(Optional.empty(), Optional.of(claim("2Gi", "2048Mi"))))
                .map(Finding::reason)
                .hasValue("AsRequested");
    }

    @Test
    void without_a_claim_there_is_no_condition() {
        assertThat(VolumeExpansion.finding(Optional.empty(), Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, true", "422, true", "409, false", "500, false"})
    void only_a_forbidden_or_invalid_request_is_a_refusal(int code, boolean refusal) {
        var failure = new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage("no").build());
        assertThat(VolumeExpansion.isRefusal(failure)).isEqualTo(refusal);
    }

    private static PersistentVolumeClaim claim(String requested, String capacity) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("apps")
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(requested)))
                .endResources()
                .endSpec()
                .withNewStatus()
                .withCapacity(Map.of("storage", new Quantity(capacity)))
                .endStatus()
                .build();
    }
}
