package dev.berth.protocol.hosts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of a Kubernetes label selector.
 *
 * @param operator {@link #IN}, {@link #NOT_IN}, {@link #EXISTS} or {@link #DOES_NOT_EXIST}; nothing meets another one
 * @param values for {@link #IN} and {@link #NOT_IN}
 */
public record LabelRequirement(
        String key,
        String operator,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> values) {
    public static final String IN = "In";
    public static final String NOT_IN = "NotIn";
    public static final String EXISTS = "Exists";
    public static final String DOES_NOT_EXIST = "DoesNotExist";

    /** No node meets it. */
    static final LabelRequirement UNREADABLE = new LabelRequirement("", "", List.of());

    public LabelRequirement {
        key = text(key);
        operator = text(operator);
        values = values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }

    /** Whether labels of an object meet the requirement, as Kubernetes defines it. */
    public boolean isMetBy(Map<String, String> labels) {
        var value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            default -> false;
        };
    }

    private static String text(@Nullable String read) {
        return read == null ? "" : read;
    }
}
