package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;

/** How often the passwords of pull secrets are replaced. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.interval.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".interval",
        message = Retention.DURATION_MESSAGE)
@ValidationRule(
        value = "!self.interval.matches('" + DurationText.GRAMMAR + "') || duration(self.interval) >= duration('1h')",
        fieldPath = ".interval",
        message = "passwords are replaced every hour at most; the smallest interval is 1h")
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
        @JsonPropertyDescription("Time after which pull secrets get a new password, such as 720h. At least 1h.")
        String interval,

        @Default("24h")
        @Size(max = DurationText.LONGEST)
        @JsonPropertyDescription("Time for which the old password stays valid beside the new one, such as 1h.")
        String overlap) {
    private static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);

    public Rotation {
        DurationText.parse(interval);
        overlap = overlap == null ? "24h" : overlap;
        DurationText.parse(overlap);
    }

    /** The time after which pull secrets get a new password. */
    public Duration every() {
        return DurationText.parse(interval);
    }

    /** How long old passwords stay valid, with or without a schedule. */
    public static Duration overlapOf(PullSecrets pullSecrets) {
        return pullSecrets.rotation() == null
                ? DEFAULT_OVERLAP
                : DurationText.parse(pullSecrets.rotation().overlap());
    }
}
