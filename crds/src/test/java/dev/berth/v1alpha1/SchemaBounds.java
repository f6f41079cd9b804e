package dev.berth.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Makes a generated schema as narrow as the types that it is read into: numbers have the width of their type, quantities their
 * grammar, and maps an end.
 */
final class SchemaBounds {
    /**
     * What Kubernetes takes as the quantity of a container's resource. The pattern in Kubernetes' own documents allows exponents such as
     * `1e2.5`, for which the API server answers 500.
     */
    private static final String QUANTITY =
            "^[+]?([0-9]{1,18}([.][0-9]{0,9})?|[.][0-9]{1,9})" + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?$";

    /** The largest number up to which JSON's numbers are exact: 2^53. */
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private static final long MOST_ENTRIES = 64;
    private static final long LONGEST_VALUE = 4096;

    private SchemaBounds() {}

    /** @param width of its integers: `int32` in a spec, whose numbers are Java's `Integer`, `int64` in a status */
    static void close(JSONSchemaProps schema, String width) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setPattern(QUANTITY);
            schema.setMaxLength(64L);
            schema.setMinimum(0.0);
            return;
        }
        if ("integer".equals(schema.getType()) && schema.getFormat() == null) {
            closeInteger(schema, width);
        }
        schema.getProperties().values().forEach(property -> close(property, width));
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            close(schema.getItems().getSchema(), width);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            closeMap(schema, schema.getAdditionalProperties().getSchema(), width);
        }
    }

    /** The API server does not hold a number to its format: the bounds have to be said. */
    private static void closeInteger(JSONSchemaProps schema, String width) {
        schema.setFormat(width);
        double most = "int32".equals(width) ? Integer.MAX_VALUE : LARGEST_EXACT;
        if (schema.getMaximum() == null) {
            schema.setMaximum(most);
        }
        if (schema.getMinimum() == null) {
            schema.setMinimum(-most);
        }
    }

    private static void closeMap(JSONSchemaProps map, JSONSchemaProps value, String width) {
        if (map.getMaxProperties() == null) {
            map.setMaxProperties(MOST_ENTRIES);
        }
        if ("string".equals(value.getType()) && value.getMaxLength() == null) {
            value.setMaxLength(LONGEST_VALUE);
        }
        close(value, width);
    }
}
