package dev.berth.v1alpha1;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A duration as Kubernetes resources write it: hours, minutes and seconds in this order, each at most once, such as `1h30m`.
 * The schema accepts exactly what {@link #parse} reads.
 */
public final class DurationText {
    /** The grammar, for the schema (RE2) and for Java alike. */
    static final String GRAMMAR = "^([0-9]{1,5}h([0-9]{1,5}m)?([0-9]{1,5}s)?|[0-9]{1,7}m([0-9]{1,5}s)?|[0-9]{1,9}s)$";

    /** No text that the grammar accepts is longer. CEL needs a bound to estimate the cost of a rule. */
    static final int LONGEST = 18;

    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when the text does not follow the grammar
     */
    public static Duration parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration of hours, minutes and seconds, such as 1h30m");
        }
        return Duration.parse("PT" + text);
    }
}
