package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** `kubectl apply -f crds/` applies what stands beside the pom; here it is held to what the records say. */
final class CheckedInCrdsTest {
    private static final String[] FILES = {"registries.berth.dev.yaml", "imagemirrors.berth.dev.yaml"};

    /** Kubernetes' own types: described in Kubernetes' documentation. */
    private static final Set<String> FOREIGN =
            Set.of("affinity", "resources", "selector", "tolerations", "topologySpreadConstraints");

    private static final boolean WRITE = "write".equals(System.getProperty("berth.crds"));

    @Test
    void the_yaml_beside_the_pom_is_what_the_records_say() throws IOException {
        var definitions = CrdYaml.ofAll();
        assertThat(definitions).containsOnlyKeys(FILES);
        for (var definition : definitions.entrySet()) {
            var file = Path.of(definition.getKey());
            if (WRITE) {
                Files.writeString(file, definition.getValue());
            }
            assertThat(file)
                    .as("%s is stale: mvn -pl crds test -Dberth.crds=write, and look at the difference", file)
                    .content()
                    .isEqualTo(definition.getValue());
        }
        try (var files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString).filter(name -> name.matches(".*\\.(ya?ml|json)")))
                    .as("what kubectl apply -f crds/ would apply")
                    .containsExactlyInAnyOrder(FILES);
        }
    }

    @Test
    void every_field_is_described() {
        var bare = new ArrayList<String>();
        for (var yaml : CrdYaml.ofAll().values()) {
            var crd = new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
            var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
            collectBare(crd.getSpec().getNames().getKind(), schema, bare);
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void unknown_fields_are_let_through_nowhere() {
        assertThat(CrdYaml.ofAll().values())
                .allSatisfy(
                        yaml -> assertThat(yaml).contains("openAPIV3Schema").doesNotContain("preserve-unknown-fields"));
    }

    private static void collectBare(String path, JSONSchemaProps schema, List<String> bare) {
        if (schema.getDescription() == null) {
            bare.add(path);
        }
        for (var property : schema.getProperties().entrySet()) {
            var below = path + "." + property.getKey();
            if (property.getValue().getDescription() == null) {
                bare.add(below);
            } else if (!FOREIGN.contains(property.getKey())) {
                collectBare(below, itemsOf(property.getValue()), bare);
            }
        }
    }

    /** A list is described by its field; what its items are made of is described inside. */
    private static JSONSchemaProps itemsOf(JSONSchemaProps schema) {
        if (schema.getItems() == null) {
            return schema;
        }
        var items = schema.getItems().getSchema();
        items.setDescription(schema.getDescription());
        return items;
    }
}
