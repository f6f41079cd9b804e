package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is removed over time. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Retention(
        @Nullable
        @Pattern(Retention.DURATION)
        @JsonPropertyDescription(
                "How long a manifest stays that no tag and no other manifest refers to, such as 168h. Absent: for good.")
        String untaggedFor,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Which tags stay, by repository. The first rule that matches a repository counts; tags of repositories"
                        + " that none matches all stay.")
        List<TagRule> tags) {

    /** Go's durations in hours, minutes and seconds, as everywhere in Kubernetes. */
    static final String DURATION = "^([0-9]+[hms])+$";

    public Retention {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /** Which tags of some repositories stay. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.newest) || has(self.pushedWithin) || has(self.matching)",
            message = "say which tags stay: newest, pushedWithin or matching")
    public record TagRule(
            @Required
            @Size(min = 1, max = 64)
            @JsonPropertyDescription("Repositories, such as web, team-b/* or team-b/**.")
            List<@Size(min = 1, max = 255) String> repositories,

            @Nullable @Min(1) @JsonPropertyDescription("The so many tags that were pushed last stay.")
            Integer newest,

            @Nullable
            @Pattern(Retention.DURATION)
            @JsonPropertyDescription("Tags that were pushed in this time stay, such as 720h.")
            String pushedWithin,

            @Nullable
            @Size(min = 1, max = 256)
            @JsonPropertyDescription("Tags that this regular expression (RE2) matches whole stay.")
            String matching) {

        public TagRule {
            repositories = List.copyOf(repositories);
        }
    }
}
