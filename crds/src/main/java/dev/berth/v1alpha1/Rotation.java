package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Optional;

/** How often what Berth generates is replaced: the passwords of pull secrets, or the certificate authority. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.interval.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".interval",
        message = Retention.DURATION_MESSAGE)
@ValidationRule(
        value = "!self.interval.matches('" + DurationText.GRAMMAR + "') || duration(self.interval) >= duration('1h')",
        fieldPath = ".interval",
        message = "the smallest interval is 1h, since clients have to read each replacement")
@ValidationRule(
        value = "self.overlap.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".overlap",
        message = Retention.DURATION_MESSAGE)
@ValidationRule(
        value =
                "!self.overlap.matches('" + DurationText.GRAMMAR + "') || !self.interval.matches('"
                        + DurationText.GRAMMAR
                        + "') || (duration(self.overlap) >= duration('1m') && duration(self.overlap) <= duration(self.interval))",
        fieldPath = ".overlap",
        message = "overlap is at least 1m, so that no pull fails, and at most as long as interval")
public record Rotation(
        @Required
        @Size(max = DurationText.LONGEST)
        @JsonPropertyDescription("Time after which a replacement is made, such as 720h. At least 1h.")
        String interval,

        @Default("24h")
        @Size(max = DurationText.LONGEST)
        @JsonPropertyDescription("Time for which both the old and the new one are valid, such as 1h.")
        String overlap) {
    private static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);

    public Rotation {
        DurationText.parse(interval);
        overlap = overlap == null ? "24h" : overlap;
        DurationText.parse(overlap);
    }

    /** The time after which a replacement is made. */
    public Duration every() {
        return DurationText.parse(interval);
    }

    /** How long both are valid, with or without a schedule. */
    public static Duration overlapOf(Optional<Rotation> rotation) {
        return rotation.map(schedule -> DurationText.parse(schedule.overlap())).orElse(DEFAULT_OVERLAP);
    }
}
