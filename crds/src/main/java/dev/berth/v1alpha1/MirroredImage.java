package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A repository of the upstream, and what of it is mirrored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.platforms) || size(self.platforms) > 0",
        fieldPath = ".platforms",
        message = "platforms is empty; leave it out to keep all platforms, or name at least one")
public record MirroredImage(
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*(/[*]{1,2})?$")
        @JsonPropertyDescription(
                "Repository without the host, such as library/nginx. With mode OnDemand also a pattern, such as"
                        + " library/* or library/**.")
        String repository,

        @Default("{}") @JsonPropertyDescription("Which tags to mirror. Absent: all.")
        Tags tags,

        @Size(max = 16)
        @JsonPropertyDescription("Platforms of multi-platform images, such as linux/amd64. Absent: all.")
        List<@Pattern("^[a-z0-9]+/[a-z0-9]+(/[a-z0-9]+)?$") @Size(max = 64) String> platforms) {
    public MirroredImage {
        Objects.requireNonNull(repository, "repository");
        tags = tags == null ? Tags.ALL : tags;
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
    }

    /** Tags by name, by pattern or by version. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "[has(self.names), has(self.regex), has(self.semver)].filter(present, present).size() <= 1",
            message = "select tags by at most one of names, regex and semver")
    @ValidationRule(
            value = "!has(self.names) || size(self.names) > 0",
            fieldPath = ".names",
            message = "names is empty; leave it out to keep all tags, or name at least one")
    public record Tags(
            @Size(max = 256) @JsonPropertyDescription("Names of tags.")
            List<@Pattern("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$") @Size(max = 128) String> names,

            @Nullable
            @Size(min = 1, max = 256)
            @JsonPropertyDescription("Tags that this regular expression (RE2) matches as a whole.")
            String regex,

            @Nullable
            @Size(min = 1, max = 256)
            @JsonPropertyDescription("Tags that are versions in this range, such as >=1.25 <2.")
            String semver,

            @Nullable
            @Min(1)
            @JsonPropertyDescription(
                    "Number of selected tags to mirror, the newest first: by version with semver, otherwise by the"
                            + " time at which the image was built. Absent: all.")
            Integer newest) {
        public static final Tags ALL = new Tags(List.of(), null, null, null);

        public Tags {
            names = names == null ? List.of() : List.copyOf(names);
        }
    }
}
