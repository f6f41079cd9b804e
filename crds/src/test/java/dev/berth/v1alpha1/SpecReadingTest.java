package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One object that cannot be read never keeps others from being read, and says what it is about. */
final class SpecReadingTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | spec is missing",
                "'spec: {}' | spec cannot be read by this version of Berth; correct it, or update Berth",
                "'spec: 7' | spec cannot be read",
                "'spec: {registryRef: {name: a}}' | spec cannot be read",
                "'spec: {registryRef: {name: a}, upstream: {host: a.example}, interval: 1h1h}' | spec cannot be read",
                "'spec: {registryRef: {name: a}, upstream: {host: a.example}, images: [{repository: a, tags: {newest: 3000000000}}]}' | spec.images[0].tags.newest cannot be read",
                "'spec: {registryRef: {name: a}, upstream: {host: a.example}, images: [null]}' | spec cannot be read",
                "'spec: {registryRef: [], upstream: {host: a.example}}' | spec.registryRef cannot be read"
            })
    void a_mirror_that_can_t_be_read_says_which_field(String spec, String fault) {
        var mirror = mirror(spec);
        assertThat(mirror.getSpec()).isNull();
        assertThat(mirror.specFault())
                .hasValueSatisfying(said -> assertThat(said).startsWith(fault));
        assertThat(mirror.getMetadata().getName()).isEqualTo("hub");
    }

    @Test
    void what_a_newer_version_added_is_passed_over() {
        var mirror = mirror("spec: {registryRef: {name: a, kind: Cache}, upstream: {host: a.example}, mode: Predictive,"
                + " added: {anything: [1]}}");
        assertThat(mirror.specFault()).isEmpty();
        assertThat(mirror.getSpec().mode()).isEqualTo(ImageMirrorSpec.Mode.ON_DEMAND);
    }

    @Test
    void an_action_of_a_newer_version_allows_nothing() {
        var registry =
                registry("{storage: {persistentVolumeClaim: {size: 1Gi}}, access: {rules: [{subjects: [{user: a}],"
                        + " repositories: [b], actions: [pull, administer]}]}}");
        assertThat(registry.getSpec().access().rules().getFirst().actions()).containsExactly(Access.Action.pull);
    }

    @ParameterizedTest
    @CsvSource({"lots", "-1Gi", "0", "1e400", "'1 Gi'"})
    void a_size_that_is_none_is_a_fault(String size) {
        assertThat(registry("{storage: {persistentVolumeClaim: {size: '" + size + "'}}}")
                        .specFault())
                .isPresent();
    }

    @Test
    void a_status_that_can_t_be_read_counts_as_none() {
        var mirror = mirror("spec: {registryRef: {name: a}, upstream: {host: a.example}}\nstatus: {conditions: 7}");
        assertThat(mirror.getStatus()).isNull();
        assertThat(mirror.specFault()).isEmpty();
    }

    private static ImageMirror mirror(String rest) {
        return YAML.unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: hub, namespace: team-a}
                """ + rest, ImageMirror.class);
    }

    private static Registry registry(String spec) {
        return YAML.unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: apps, namespace: team-a}
                spec:%s
                """.formatted(" " + spec), Registry.class);
    }
}
