package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules by which a Registry deletes old content. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.untaggedFor) || self.untaggedFor.matches('" + DurationText.GRAMMAR + "')",
        fieldPath = ".untaggedFor",
        message = Retention.DURATION_MESSAGE)
public record Retention(
        @Nullable
        @Size(max = DurationText.LONGEST)
        @JsonPropertyDescription(
                "Berth keeps an untagged manifest this long, such as 168h. A manifest is untagged if no tag and"
                        + " no other manifest refers to it. Absent: forever.")
        String untaggedFor,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Which tags Berth keeps, by repository. The first rule that matches a repository applies. A"
                        + " repository that no rule matches keeps all its tags.")
        List<TagRule> tags) {
    static final String DURATION_MESSAGE =
            "a duration is written as hours, minutes and seconds in this order, such as 1h30m";

    public Retention {
        if (untaggedFor != null) {
            DurationText.parse(untaggedFor);
        }
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /** Which tags of some repositories are kept. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.newest) || has(self.pushedWithin) || has(self.matching)",
            message = "name the tags to keep by newest, pushedWithin or matching")
    @ValidationRule(
            value = "!has(self.pushedWithin) || self.pushedWithin.matches('" + DurationText.GRAMMAR + "')",
            fieldPath = ".pushedWithin",
            message = Retention.DURATION_MESSAGE)
    public record TagRule(
            @Required
            @Size(min = 1, max = 64)
            @JsonPropertyDescription("Repositories, such as web, team-b/* or team-b/**.")
            List<@Size(min = 1, max = 255) String> repositories,

            @Nullable @Min(1) @JsonPropertyDescription("Keeps this many of the tags that were pushed last.")
            Integer newest,

            @Nullable
            @Size(max = DurationText.LONGEST)
            @JsonPropertyDescription("Keeps tags that were pushed within this time, such as 720h.")
            String pushedWithin,

            @Nullable
            @Size(min = 1, max = 256)
            @JsonPropertyDescription("Keeps tags that this regular expression (RE2) matches as a whole.")
            String matching) {
        public TagRule {
            repositories = List.copyOf(repositories);
            if (pushedWithin != null) {
                DurationText.parse(pushedWithin);
            }
        }
    }
}
