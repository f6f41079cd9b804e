package dev.berth.v1alpha1;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An object has the same defaults whether the API server filled them in or it never was on one. */
final class DefaultsTest {
    private static final Map<String, String> CRDS = CrdYaml.ofAll();

    @ParameterizedTest
    @MethodSource("dev.berth.v1alpha1.Specs#registries")
    void a_registry_means_the_same_with_and_without_the_defaults_of_the_schema(String spec) {
        var filledIn = filledIn("registries.berth.dev.yaml", spec);
        assertThat(read(filledIn, RegistrySpec.class)).isEqualTo(read(Specs.json(spec), RegistrySpec.class));
    }

    @ParameterizedTest
    @MethodSource("dev.berth.v1alpha1.Specs#mirrors")
    void a_mirror_means_the_same_with_and_without_the_defaults_of_the_schema(String spec) {
        var filledIn = filledIn("imagemirrors.berth.dev.yaml", spec);
        assertThat(read(filledIn, ImageMirrorSpec.class)).isEqualTo(read(Specs.json(spec), ImageMirrorSpec.class));
    }

    @Test
    void the_shortest_registry_is_one_server_that_asks_for_a_password_and_keeps_its_volume() {
        var spec = read(Specs.json(Specs.SHORTEST_REGISTRY), RegistrySpec.class);
        assertThat(spec.replicas()).isEqualTo(1);
        assertThat(spec.access()).isEqualTo(Access.DEFAULT);
        assertThat(spec.access().anonymousPull()).isFalse();
        assertThat(requireNonNull(spec.storage().persistentVolumeClaim()).retain())
                .isTrue();
        assertThat(spec.exposure().type()).isEqualTo(Exposure.Type.CLUSTER_IP);
        assertThat(spec.nodes().enabled()).isTrue();
        assertThat(spec.retention()).isNull();
        assertThat(spec.quota()).isNull();
    }

    @Test
    void the_shortest_mirror_fetches_on_demand_and_deletes_and_gives_away_nothing() {
        var spec = read(Specs.json(Specs.SHORTEST_MIRROR), ImageMirrorSpec.class);
        assertThat(spec.mode()).isEqualTo(ImageMirrorSpec.Mode.ON_DEMAND);
        assertThat(spec.interval()).isEqualTo("1h");
        assertThat(spec.images()).isEmpty();
        assertThat(spec.tagMovePolicy()).isEqualTo(ImageMirrorSpec.TagMovePolicy.FOLLOW);
        assertThat(Stream.of(
                        spec.prune(),
                        spec.paused(),
                        spec.includeReferrers(),
                        spec.servePrivateImagesToAnyone(),
                        spec.anonymousFetchFromOutside(),
                        spec.nodes().enabled()))
                .containsOnly(false);
    }

    private static <T> T read(JsonNode spec, Class<T> type) {
        var reading = SpecReading.of("spec", spec, type);
        assertThat(reading.fault()).isNull();
        return requireNonNull(reading.value());
    }

    private static JsonNode filledIn(String crd, String spec) {
        var definition =
                new KubernetesSerialization().unmarshal(requireNonNull(CRDS.get(crd)), CustomResourceDefinition.class);
        var schema = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var json = Specs.json(spec);
        fillIn(json, requireNonNull(schema.getProperties().get("spec")));
        return json;
    }

    /** Kubernetes' rule: a property that is absent gets the default of its schema, and then so do the properties in it. */
    private static void fillIn(JsonNode value, JSONSchemaProps schema) {
        if (value instanceof ObjectNode object) {
            schema.getProperties().forEach((name, property) -> {
                if (!object.has(name) && property.getDefault() != null) {
                    object.set(name, property.getDefault().deepCopy());
                }
                if (object.has(name)) {
                    fillIn(object.get(name), property);
                }
            });
        }
        if (value instanceof ArrayNode array && schema.getItems() != null) {
            array.forEach(item -> fillIn(item, schema.getItems().getSchema()));
        }
    }
}
