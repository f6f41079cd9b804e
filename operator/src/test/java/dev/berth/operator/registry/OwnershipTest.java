package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose an object is, when two want its name. */
final class OwnershipTest {

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
