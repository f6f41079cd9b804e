package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may pull, push and delete. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.rules) || size(self.rules) > 0",
        fieldPath = ".rules",
        message = "rules is empty, which could mean nobody or the default rules; leave it out for the default rules,"
                + " or write at least one rule")
public record Access(
        @Default("false")
        @JsonPropertyDescription("Whether everybody may pull without a password. A push always needs a password.")
        Boolean anonymousPull,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What users and service accounts may do. Everything else is refused. Absent: the user push may"
                        + " pull, push and delete everywhere, and the user pull may pull everywhere.")
        List<Rule> rules) {
    public static final Access DEFAULT = new Access(false, List.of());

    public Access {
        anonymousPull = anonymousPull != null && anonymousPull;
        rules = rules == null ? List.of() : List.copyOf(rules);
    }

    /** Allows some subjects some actions on some repositories. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Rule(
            @Required @Size(min = 1, max = 32) @JsonPropertyDescription("Who gets these permissions.")
            List<Subject> subjects,

            @Required
            @Size(min = 1, max = 64)
            @JsonPropertyDescription(
                    "Repositories, such as web, team-b/* (one more part) or team-b/** (any number of parts).")
            List<@Size(min = 1, max = 255) String> repositories,

            @Required @Size(min = 1, max = 3) @JsonPropertyDescription("What the subjects may do: pull, push, delete.")
            List<Action> actions) {
        public Rule {
            subjects = List.copyOf(subjects);
            repositories = List.copyOf(repositories);
            // An action of a newer version is read as null. Leaving it out allows less, never more.
            actions = actions.stream().filter(Objects::nonNull).toList();
        }
    }

    /** A user of the registry, or the pods that run as a service account. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.user) != has(self.serviceAccount)",
            message = "a subject needs exactly one of user and serviceAccount")
    public record Subject(
            @Nullable @Size(min = 1, max = 64) @JsonPropertyDescription("Name of a user: pull or push.")
            String user,

            @Nullable @JsonPropertyDescription("Pods that run as a service account.")
            ServiceAccountSubject serviceAccount) {
        public static Subject ofUser(String user) {
            return new Subject(user, null);
        }
    }

    /** One service account, or all of a namespace. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ServiceAccountSubject(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Namespace of the service account.")
            String namespace,

            @Nullable
            @Size(min = 1, max = 253)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Name of the service account. Absent: all service accounts of the namespace.")
            String name) {
        public ServiceAccountSubject {
            Objects.requireNonNull(namespace, "namespace");
        }
    }

    /** What a subject may do; the words of the distribution spec's scopes. */
    public enum Action {
        pull,
        push,
        delete
    }
}
