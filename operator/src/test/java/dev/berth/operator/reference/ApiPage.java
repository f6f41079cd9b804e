package dev.berth.operator.reference;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of docs/reference about a custom resource. The words and the tables of conditions are written by hand in
 * `src/test/resources/reference`; the tables of fields are made from the checked-in schema. `-Dreference=write` writes the page.
 */
public record ApiPage(String name, String text) {
    private static final Path FOLDER = Path.of("..", "docs", "reference");
    private static final Pattern CONDITION = Pattern.compile("(?m)^### ([A-Z][A-Za-z]+)$");
    private static final Pattern REASON = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\|");

    /**
     * Makes a page.
     *
     * @param plural the resource in the name of its CRD
     * @param unsupported fields and values that the operator refuses
     */
    public static ApiPage of(String name, String plural, Collection<String> unsupported) throws IOException {
        var crd = new KubernetesSerialization()
                .unmarshal(
                        Files.readString(Path.of("..", "crds", plural + ".berth.dev.yaml")),
                        CustomResourceDefinition.class);
        var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var table = new FieldTable(unsupported);
        var rules = schema.getXKubernetesValidations().stream()
                .map(rule -> "- " + rule.getMessage())
                .collect(joining("\n"));
        var words = Files.readString(Path.of("src", "test", "resources", "reference", name + ".md"));
        return new ApiPage(
                name,
                words.replace("{{rules}}", rules)
                        .replace(
                                "{{spec}}",
                                table.spec(requireNonNull(schema.getProperties().get("spec"))))
                        .replace(
                                "{{status}}",
                                table.status(
                                        requireNonNull(schema.getProperties().get("status")))));
    }

    public void assertIsCheckedIn() throws IOException {
        var page = FOLDER.resolve(name + ".md");
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("write it anew: mvn -pl operator -am test -Dtest='RegistryReferenceTest,ImageMirrorReferenceTest'"
                        + " -Dreference=write -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(text);
    }

    /** The conditions that the page explains. */
    public Set<String> conditions() {
        return found(CONDITION);
    }

    /** The reasons that the page explains. */
    public Set<String> reasons() {
        return found(REASON);
    }

    private Set<String> found(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values of the text constants in classes. */
    public static Set<String> constants(Class<?>... classes) {
        return Stream.of(classes)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.getType() == String.class)
                .map(ApiPage::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field constant) {
        try {
            constant.setAccessible(true);
            return (String) requireNonNull(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
