package dev.berth.operator.reference;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fields of a custom resource as a Markdown table.
 *
 * @param unsupported paths of fields, some with the values that are not supported: `spec.replicas above 1`
 */
record FieldTable(Collection<String> unsupported) {
    /** The table of `spec`, with what the schema accepts. */
    String spec(JSONSchemaProps spec) {
        return "| field | type | default | constraints | meaning |\n| --- | --- | --- | --- | --- |\n"
                + all(new Field("spec", spec, true)).map(this::specRow).collect(joining("\n"));
    }

    /** The table of `status`, which nobody but the operator writes. */
    String status(JSONSchemaProps status) {
        return "| field | type | meaning |\n| --- | --- | --- |\n"
                + all(new Field("status", status, false))
                        .map(FieldTable::statusRow)
                        .collect(joining("\n"));
    }

    private record Field(String path, JSONSchemaProps schema, boolean required) {
        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        Optional<String> kubernetesType() {
            return SchemaWords.kubernetesType(name(), schema);
        }
    }

    /** A field and all fields below it. */
    private static Stream<Field> all(Field field) {
        if (field.kubernetesType().isPresent()) {
            return Stream.of(field);
        }
        var entries = SchemaWords.entries(field.schema());
        var parent = entries.orElse(field.schema());
        var prefix = field.path() + (entries.isPresent() ? "[]." : ".");
        return Stream.concat(
                Stream.of(field),
                parent.getProperties().entrySet().stream()
                        .map(below -> new Field(
                                prefix + below.getKey(),
                                below.getValue(),
                                parent.getRequired().contains(below.getKey())))
                        .flatMap(FieldTable::all));
    }

    private String specRow(Field field) {
        return row(List.of(
                "`" + field.path() + "`",
                SchemaWords.type(field.schema()),
                SchemaWords.defaultValue(field.schema()),
                cell(constraints(field).collect(joining("; "))),
                support(field.path()) + cell(field.schema().getDescription())));
    }

    private static Stream<String> constraints(Field field) {
        return Stream.of(
                        field.required() ? Stream.of("required") : Stream.<String>empty(),
                        field.kubernetesType().stream().map(type -> "the fields of Kubernetes' `" + type + "`"),
                        SchemaWords.constraints(field.schema()),
                        SchemaWords.entries(field.schema()).stream()
                                .flatMap(SchemaWords::rules)
                                .map(rule -> "each entry: " + rule))
                .flatMap(words -> words);
    }

    private static String statusRow(Field field) {
        return row(List.of(
                "`" + field.path() + "`",
                SchemaWords.type(field.schema()),
                cell(field.schema().getDescription())));
    }

    /** Says which fields and values the operator refuses. */
    private String support(String path) {
        if (unsupported.stream().anyMatch(field -> path.equals(field) || path.startsWith(field + "."))) {
            return "**Not supported yet.** ";
        }
        var values = unsupported.stream()
                .filter(field -> field.startsWith(path + " "))
                .map(field -> field.substring(path.length() + 1))
                .toList();
        return values.isEmpty() ? "" : "**Not supported yet: " + String.join(", ", values) + ".** ";
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? " " : " " + cell + " ")
                .collect(joining("|", "|", "|"));
    }

    /** A text as Markdown shows it unchanged in a table; what is between backticks already stays. */
    private static String cell(String text) {
        var parts = text.split("`", -1);
        for (var i = 0; i < parts.length; i += 2) {
            parts[i] = parts[i].replace("<", "&lt;").replace("*", "\\*");
        }
        return String.join("`", parts).replace("|", "\\|");
    }
}
