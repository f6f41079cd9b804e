package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Nodes by their labels. It has the fields of a Kubernetes LabelSelector, with bounds, since it is written once for each
 * host into lists that all agents read.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.matchLabels) || self.matchLabels.all(key, size(key) <= " + NodeSelector.LONGEST_KEY
                + " && size(self.matchLabels[key]) <= " + NodeSelector.LONGEST_VALUE + ")",
        fieldPath = ".matchLabels",
        message = "the name of a label has at most 317 characters, and its value at most 63")
@ValidationRule(
        value = "!has(self.matchLabels) || size(self.matchLabels) <= " + NodeSelector.MOST_LABELS,
        fieldPath = ".matchLabels",
        message = "at most 16 labels")
public record NodeSelector(
        @JsonPropertyDescription("Labels that a node must have, with their values.")
        Map<String, String> matchLabels,

        @Size(max = 16) @JsonPropertyDescription("More that the labels of a node must meet.")
        List<Requirement> matchExpressions) {
    static final int LONGEST_KEY = 317;
    static final int LONGEST_VALUE = 63;
    static final int MOST_LABELS = 16;

    public NodeSelector {
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }

    /**
     * What one label of a node must meet.
     *
     * @param operator null if it is one of a newer version
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            message = "In and NotIn need values; Exists and DoesNotExist take none")
    public record Requirement(
            @Required
            @Size(min = 1, max = LONGEST_KEY)
            @Pattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
            @JsonPropertyDescription("Name of the label.")
            String key,

            @Nullable @Required @JsonPropertyDescription("How the label is compared with the values.")
            Operator operator,

            @Size(max = 16) @JsonPropertyDescription("Values for In and NotIn.")
            List<@Size(max = LONGEST_VALUE) String> values) {
        public Requirement {
            Objects.requireNonNull(key, "key");
            values = values == null ? List.of() : List.copyOf(values);
        }
    }

    /** How a label is compared with values. */
    public enum Operator {
        @JsonProperty("In")
        IN("In"),

        @JsonProperty("NotIn")
        NOT_IN("NotIn"),

        @JsonProperty("Exists")
        EXISTS("Exists"),

        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST("DoesNotExist");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        /** The word in specs. */
        public String word() {
            return word;
        }
    }
}
