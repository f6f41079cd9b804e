package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.pullsecret.Users;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.junit.jupiter.api.Test;

/** Whose an object is. */
final class OriginTest {

    private static final RegistryNames NAMES = new RegistryNames("team-a", "apps");

    @Test
    void a_child_is_of_the_registry_in_its_namespace_and_a_copy_of_the_one_it_names() {
        assertThat(Origin.of(RegistryService.of(Expected.registry())))
                .containsExactly(new ResourceID("apps", "team-a"));
        assertThat(Origin.of(PullSecretCopies.of(NAMES, new Users("a", "b", "c"), "team-b", new CopiesOwner("any"))))
                .containsExactly(new ResourceID("apps", "team-a"));
    }

    @Test
    void what_names_nobody_is_nobody_s() {
        assertThat(Origin.of(new PodBuilder().withNewMetadata().endMetadata().build()))
                .isEmpty();
        assertThat(Origin.of(new PodBuilder()
                        .withNewMetadata()
                        .addToAnnotations("berth.dev/registry", "no slash")
                        .endMetadata()
                        .build()))
                .isEmpty();
    }

    @Test
    void a_long_name_fits_a_label_and_stays_one_of_its_own() {
        var one = RegistryLabels.value("n".repeat(63) + ".one");
        var two = RegistryLabels.value("n".repeat(63) + ".two");
        assertThat(one).hasSize(63).isNotEqualTo(two);
        assertThat(RegistryLabels.value(NAMES.qualified())).isEqualTo("team-a.apps");
    }
}
