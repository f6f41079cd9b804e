package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caches and clients copy objects through JSON, so what is written must be read as it was. */
final class CopiedObjectsTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @ParameterizedTest
    @MethodSource("dev.berth.v1alpha1.Specs#registries")
    void a_copy_of_a_registry_has_the_same_spec(String spec) {
        var registry = registry(spec);
        assertThat(registry.getSpec()).isNotNull();
        assertThat(JSON.clone(registry).getSpec()).isEqualTo(registry.getSpec());
    }

    @ParameterizedTest
    @MethodSource("dev.berth.v1alpha1.Specs#mirrors")
    void a_copy_of_a_mirror_has_the_same_spec(String spec) {
        var mirror = mirror(spec);
        assertThat(mirror.getSpec()).isNotNull();
        assertThat(JSON.clone(mirror).getSpec()).isEqualTo(mirror.getSpec());
    }

    /** An empty selector selects every namespace; without it the copy would select none. */
    @Test
    void an_empty_selector_is_still_there_in_a_copy() {
        var copy = JSON.clone(registry(Specs.WHOLE_REGISTRY));
        assertThat(copy.getSpec().pullSecrets().namespaces())
                .isNotNull()
                .extracting(PullSecrets.NamespaceSelection::selector)
                .isNotNull();
    }

    @Test
    void a_status_is_read_as_it_was_written() {
        var condition =
                new Condition("Ready", Condition.Status.FALSE, 3L, "2026-11-24T08:15:00Z", "Full", "It is full.");
        var registry = registry(Specs.SHORTEST_REGISTRY);
        registry.setStatus(new RegistryStatus(
                3L,
                List.of(condition),
                "apps.team-a.svc",
                List.of("registry.example.com"),
                new RegistryStatus.Secrets("apps-pull", "apps-push", "apps-ca"),
                new RegistryStatus.StorageUse("1.4Gi", "19.5Gi", "20Gi"),
                new RegistryStatus.Counts(1, 2, 3, 4),
                new NodeCounts(3, 4, 1, 2, 1, 0)));
        assertThat(JSON.clone(registry).getStatus()).isEqualTo(registry.getStatus());

        var mirror = mirror(Specs.SHORTEST_MIRROR);
        mirror.setStatus(new ImageMirrorStatus(
                3L,
                List.of(condition),
                "2026-11-24T08:15:00Z",
                "2026-11-24T08:16:00Z",
                new ImageMirrorStatus.Sync(true, 1, 2, "1.4Gi", "12Mi"),
                "release 7",
                new ImageMirrorStatus.Counts(1, 2),
                List.of(new ImageMirrorStatus.Failure("a:1", "Missing", "It is gone.", "2026-11-24T09:15:00Z")),
                new NodeCounts(3, 4, 1, null, null, null)));
        assertThat(JSON.clone(mirror).getStatus()).isEqualTo(mirror.getStatus());
    }

    @Test
    void a_copy_can_be_told_why_its_spec_is_missing() {
        var unreadable = registry("{storage: 7}");
        var copy = JSON.clone(unreadable);
        assertThat(copy.specFault()).contains("spec is missing");
        copy.specFault(unreadable.specFault());
        assertThat(copy.specFault())
                .isEqualTo(unreadable.specFault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("spec.storage cannot be read"));

        var readable = registry(Specs.SHORTEST_REGISTRY);
        readable.specFault(Optional.of("something else"));
        assertThat(readable.specFault()).as("a spec that is there has no fault").isEmpty();
    }

    @Test
    void the_reason_why_a_spec_is_missing_is_not_written_into_the_object() {
        assertThat(JSON.asJson(registry("{storage: 7}"))).doesNotContain("cannot be read", "specFault", "specType");
    }

    private static Registry registry(String spec) {
        var registry = new Registry();
        registry.readSpec(Specs.json(spec));
        return registry;
    }

    private static ImageMirror mirror(String spec) {
        var mirror = new ImageMirror();
        mirror.readSpec(Specs.json(spec));
        return mirror;
    }
}
