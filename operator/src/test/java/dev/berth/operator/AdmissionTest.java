package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission policies look at every field that names a Secret whose content the server uses. */
final class AdmissionTest {
    @ParameterizedTest
    @ValueSource(strings = {"registries", "imagemirrors"})
    void every_field_that_names_a_secret_is_checked(String plural) throws IOException {
        var definition = new KubernetesSerialization()
                .unmarshal(
                        Files.readString(Path.of("../crds/%s.berth.dev.yaml".formatted(plural))),
                        CustomResourceDefinition.class);
        var schema = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var fields = new ArrayList<String>();
        collect("object.spec", Objects.requireNonNull(schema.getProperties().get("spec")), fields);

        assertThat(fields).isNotEmpty();
        assertThat(Files.readString(Path.of("../deploy/operator/admission.yaml")))
                .contains(fields);
    }

    /** Collects each field as a policy writes it: `object.spec.?tls.?secretRef.?name`, or `user.?passwordSecretRef.?name` for an entry of `users`. */
    private static void collect(String path, JSONSchemaProps schema, List<String> fields) {
        schema.getProperties().forEach((name, property) -> {
            var below = path + ".?" + name;
            if (name.toLowerCase(Locale.ROOT).endsWith("secretref")) {
                fields.add(below + ".?name");
            } else if (property.getItems() != null && property.getItems().getSchema() != null) {
                collect(name.replaceFirst("s$", ""), property.getItems().getSchema(), fields);
            } else {
                collect(below, property, fields);
            }
        });
    }
}
