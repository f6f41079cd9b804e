package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One aspect of an object's state (Kubernetes API conventions, "Typical status properties"). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required @Size(min = 1, max = 316) @JsonPropertyDescription("The aspect, such as Ready.")
        String type,

        @Required @JsonPropertyDescription("Whether it holds: True, False, or Unknown.")
        Status status,

        @Nullable
        @JsonPropertyDescription(
                "The metadata.generation that the condition was set for. If the object has a newer one, the"
                        + " condition may be out of date.")
        Long observedGeneration,

        @Required
        @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
        @JsonPropertyDescription("When status last changed, in UTC, such as 2026-11-24T20:15:00Z.")
        String lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription("Why, in one word for programs. Events use the same words.")
        String reason,

        @Required @Size(max = 32768) @JsonPropertyDescription("Why, in a sentence for people, and what to do about it.")
        String message) {
    /** Whether a condition holds. */
    public enum Status {
        @JsonProperty("True")
        TRUE,

        @JsonProperty("False")
        FALSE,

        @JsonProperty("Unknown")
        UNKNOWN
    }

    public boolean holds() {
        return status == Status.TRUE;
    }

    /** This condition with the time of `before` if the status is the same, else with `at`. */
    public Condition since(@Nullable Condition before, Instant at) {
        var time = before != null && before.type.equals(type) && before.status == status
                ? before.lastTransitionTime
                : at.truncatedTo(ChronoUnit.SECONDS).toString();
        return new Condition(type, status, observedGeneration, time, reason, message);
    }
}
