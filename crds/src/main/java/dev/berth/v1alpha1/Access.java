package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.v1alpha1.Upstream.CertificateAuthorityReference;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who may pull, push and delete. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.rules) || size(self.rules) > 0",
        fieldPath = ".rules",
        message = "rules is empty, which could mean nobody or the default rules; leave it out for the default rules,"
                + " or write at least one rule")
@ValidationRule(
        value = "!has(self.rules) || self.rules.all(rule, rule.subjects.all(subject, !has(subject.issuer)"
                + " || (has(self.issuers) && self.issuers.exists(issuer, issuer.name == subject.issuer.name))))",
        fieldPath = ".rules",
        message = "a rule names an issuer that spec.access.issuers does not have; add it there, or correct the name")
public record Access(
        @Default("false")
        @JsonPropertyDescription("Whether everybody may pull without a password. A push always needs a password.")
        Boolean anonymousPull,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What users and service accounts may do. Everything else is refused. Absent: the user push may"
                        + " pull, push and delete everywhere, and the user pull may pull everywhere.")
        List<Rule> rules,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Users of your own, besides pull and push, which every Registry has. Without rules, they may do"
                        + " nothing: a rule has to name them.")
        List<User> users,

        @Size(max = 8)
        @JsonPropertyDescription(
                "OpenID Connect issuers, such as those of GitHub Actions and GitLab, whose tokens are accepted as"
                        + " passwords. Their holders may do only what a rule allows to the claims of the token.")
        List<Issuer> issuers) {
    public static final Access DEFAULT = new Access(false, List.of(), List.of(), List.of());

    public Access {
        anonymousPull = anonymousPull != null && anonymousPull;
        rules = rules == null ? List.of() : List.copyOf(rules);
        users = users == null ? List.of() : List.copyOf(users);
        issuers = issuers == null ? List.of() : List.copyOf(issuers);
    }

    /** An OpenID Connect issuer. Jobs outside the cluster log in with the tokens that it signs. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Issuer(
            @Required
            @Size(min = 1, max = 63)
            @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
            @JsonPropertyDescription("Name by which rules name it, such as github.")
            String name,

            @Required
            @Size(min = 1, max = 512)
            @Pattern(
                    "^https://([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?[.])*[a-z]([-a-z0-9]{0,61}[a-z0-9])?(:[1-9][0-9]{0,4})?(/[-A-Za-z0-9._~/]*)?$")
            @JsonPropertyDescription("The https URL that stands in the tokens' iss, such as"
                    + " https://token.actions.githubusercontent.com. The server reads"
                    + " /.well-known/openid-configuration and the keys of the issuer there.")
            String issuer,

            @Nullable
            @Size(min = 1, max = 255)
            @Pattern("^[!-~]+$")
            @JsonPropertyDescription(
                    "The audience for which tokens must be made. Absent: the Registry's address in the status.")
            String audience,

            @Nullable
            @JsonPropertyDescription(
                    "A ConfigMap in the same namespace with the certificate authority of the issuer. Absent: the"
                            + " public authorities.")
            CertificateAuthorityReference caRef) {
        public Issuer {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(issuer, "issuer");
        }
    }

    /** A user whose password, or whose hash of it, is in a Secret. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.passwordSecretRef) != has(self.htpasswdSecretRef)",
            message = "a user needs exactly one of passwordSecretRef and htpasswdSecretRef")
    @ValidationRule(
            value = "!(self.name in ['pull', 'push'])",
            fieldPath = ".name",
            message = "every Registry has the users pull and push already; choose another name")
    public record User(
            @Required
            @Size(min = 1, max = 64)
            @Pattern("^[A-Za-z0-9]([-A-Za-z0-9._@]*[A-Za-z0-9])?$")
            @JsonPropertyDescription(
                    "Name to log in with, which rules can name: letters, digits, and -, ., _ or @ between them.")
            String name,

            @Nullable
            @JsonPropertyDescription(
                    "A Secret with the user's password in one line of at most 71 bytes. Default key: password.")
            SecretKeyReference passwordSecretRef,

            @Nullable
            @JsonPropertyDescription(
                    "A Secret with a line of htpasswd -B for the user, alone or in the file of several users."
                            + " Default key: htpasswd, or auth if the Secret has no htpasswd.")
            SecretKeyReference htpasswdSecretRef) {
        public User {
            Objects.requireNonNull(name, "name");
        }
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

    /** A user of the registry, the pods that run as a service account, or workloads elsewhere. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "[has(self.user), has(self.serviceAccount), has(self.issuer)].filter(given, given).size() == 1",
            message = "a subject needs exactly one of user, serviceAccount and issuer")
    public record Subject(
            @Nullable
            @Size(min = 1, max = 64)
            @JsonPropertyDescription("Name of a user: pull, push or one of spec.access.users.")
            String user,

            @Nullable @JsonPropertyDescription("Pods that run as a service account.")
            ServiceAccountSubject serviceAccount,

            @Nullable @JsonPropertyDescription("Jobs and programs elsewhere, by the claims of their token.")
            IssuerSubject issuer) {
        public static Subject ofUser(String user) {
            return new Subject(user, null, null);
        }

        public static Subject ofServiceAccount(ServiceAccountSubject account) {
            return new Subject(null, account, null);
        }
    }

    /** Whoever has a token of an issuer whose claims match. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "self.claims.exists(claim, !self.claims[claim].matches('^[*]*$'))",
            fieldPath = ".claims",
            message = "claims let in everybody whom the issuer knows; name one that tells whose tokens are meant,"
                    + " such as repository: acme/*")
    @ValidationRule(
            value = "self.claims.all(claim, size(claim) <= 128)",
            fieldPath = ".claims",
            message = "the name of a claim has at most 128 characters")
    public record IssuerSubject(
            @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of one of spec.access.issuers.")
            String name,

            @Required
            @JsonPropertyDescription(
                    "Claims of the token, such as repository and ref, each with a pattern: * matches anything without"
                            + " a slash, ** anything. All of them must match. Numbers, true and false are compared as"
                            + " texts; of a list, one entry must match.")
            Map<String, String> claims) {
        public IssuerSubject {
            Objects.requireNonNull(name, "name");
            claims = Map.copyOf(claims);
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
