package dev.berth.operator.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.network.RegistryService;
import dev.berth.operator.pullsecret.CopiesOwner;
import dev.berth.operator.pullsecret.PullSecretCopies;
import dev.berth.operator.pullsecret.Users;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose an object is, when two want its name. */
final class OwnershipTest {
    private static final RegistryNames APPS_OF_A = new RegistryNames("team-a", "apps");
    private static final RegistryNames APPS = new RegistryNames("team-c", "apps");

    @Test
    void a_copy_of_a_neighbour_s_secret_is_the_neighbour_s() {
        var copy = applied(Map.of("app.kubernetes.io/instance", "apps"), Map.of("berth.dev/registry", "platform/apps"));
        assertThat(Ownership.isOf(APPS, copy)).isFalse();
        assertThat(Ownership.ownerOf(copy)).hasValue("platform/apps");
    }

    @Test
    void a_child_that_lost_its_labels_is_its_registry_s_still() {
        var bare = applied(Map.of(), Map.of());
        assertThat(Ownership.isOf(APPS, bare)).isTrue();
        var owned = new SecretBuilder(bare)
                .editMetadata()
                .addNewOwnerReference()
                .withKind("Registry")
                .withName("others")
                .endOwnerReference()
                .endMetadata()
                .build();
        assertThat(Ownership.isOf(APPS, owned)).isFalse();
    }

    @Test
    void what_berth_never_applied_is_nobody_s_of_berth_whatever_it_says() {
        var forged = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("team-c")
                .withLabels(Map.of("app.kubernetes.io/instance", "apps"))
                .endMetadata()
                .build();
        assertThat(Ownership.isOf(APPS, forged)).isFalse();
        assertThat(Ownership.ownerOf(forged)).isEmpty();
    }

    @Test
    void a_child_is_of_the_registry_in_its_namespace_and_a_copy_of_the_one_it_names() {
        assertThat(Ownership.stated(RegistryService.of(Expected.registry())))
                .containsExactly(new ResourceID("apps", "team-a"));
        assertThat(Ownership.stated(PullSecretCopies.of(
                        APPS_OF_A,
                        new Users(new PasswordKeys(List.of(PasswordKey.fixed("pull", "a")), "", Map.of()), "c"),
                        "team-b",
                        new CopiesOwner("any"))))
                .containsExactly(new ResourceID("apps", "team-a"));
    }

    @Test
    void what_names_nobody_is_nobody_s() {
        assertThat(Ownership.stated(
                        new PodBuilder().withNewMetadata().endMetadata().build()))
                .isEmpty();
        assertThat(Ownership.stated(new PodBuilder()
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
        assertThat(RegistryLabels.value(APPS_OF_A.qualified())).isEqualTo("team-a.apps");
    }

    private static Secret applied(Map<String, String> labels, Map<String, String> annotations) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("apps-pull")
                .withNamespace("team-c")
                .withLabels(labels)
                .withAnnotations(annotations)
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager("berth-operator")
                        .withOperation("Apply")
                        .build())
                .endMetadata()
                .build();
    }
}
