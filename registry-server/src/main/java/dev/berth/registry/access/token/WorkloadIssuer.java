package dev.berth.registry.access.token;

import dev.berth.registry.access.caller.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tokens of one configured issuer, such as those that GitHub Actions and GitLab give to their jobs. For any thread. */
public final class WorkloadIssuer {
    private static final int LONGEST_SUBJECT = 1024;
    private static final int LONGEST_VALUE = 512;
    private static final int MOST_VALUES = 64;

    /** The registry's own tokens carry the claims, and have to fit into a header with them. */
    private static final int MOST_CHARACTERS = 4096;

    private final IssuerSettings settings;
    private final Set<String> claims;
    private final IssuerTokens tokens;

    /** The result of verifying a token. */
    public sealed interface Check {
        record Valid(Caller.Workload caller, Instant until) implements Check {}

        /**
         * The token is not accepted.
         *
         * @param why a sentence for whoever has the token
         */
        record Refused(String why) implements Check {}

        /** The token cannot be verified, since the issuer does not answer. */
        record Unknown() implements Check {}
    }

    private WorkloadIssuer(IssuerSettings settings, Set<String> claims, IssuerTokens tokens) {
        this.settings = settings;
        this.claims = new TreeSet<>(claims);
        this.tokens = tokens;
    }

    /**
     * Opens an issuer; nothing is fetched yet.
     *
     * @param claims the claims that rules name, which are all that is kept of a token
     */
    public static WorkloadIssuer open(IssuerSettings settings, Set<String> claims, Clock clock) {
        return open(settings, claims, clock, IssuerTokens.PATIENCE);
    }

    static WorkloadIssuer open(IssuerSettings settings, Set<String> claims, Clock clock, Duration patience) {
        return new WorkloadIssuer(settings, claims, new IssuerTokens(settings.source(), clock, patience));
    }

    /** The same issuer with the keys that are known of it, for rules that name other claims. */
    public WorkloadIssuer with(Set<String> others) {
        return new WorkloadIssuer(settings, others, tokens);
    }

    public IssuerSettings settings() {
        return settings;
    }

    /** What the logins with tokens of this issuer are verified against. */
    public String proof() {
        return settings.issuer() + " " + settings.audience() + " " + String.join(" ", claims);
    }

    /**
     * The issuer of a token: the one that the token names and was made for, or else one that it names. Nothing is verified. Empty for a text that
     * is no token, or one of an issuer that is not among them.
     */
    public static Optional<WorkloadIssuer> of(String text, Collection<WorkloadIssuer> issuers) {
        if (issuers.isEmpty() || !text.startsWith("eyJ")) {
            return Optional.empty();
        }
        var token = WebToken.parse(text);
        var named = token.flatMap(it -> it.text("iss")).stream()
                .flatMap(name -> issuers.stream()
                        .filter(issuer -> issuer.settings.issuer().equals(name)))
                .toList();
        return named.stream()
                .filter(issuer -> issuer.isFor(token.orElseThrow()))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private boolean isFor(WebToken token) {
        return token.texts("aud").contains(settings.audience());
    }

    /** Verifies a token. Blocks while the issuer is asked for keys. */
    public Check check(String text) throws InterruptedException {
        var parsed = WebToken.parse(text);
        if (parsed.isEmpty()) {
            return refused(IssuerTokens.Fault.NOT_SIGNED.toString());
        }
        var token = parsed.get();
        var fault = tokens.fault(token);
        if (fault.isPresent()) {
            return refused(fault.get().toString());
        }
        if (!isFor(token)) {
            return refused("is for another audience than " + settings.audience());
        }
        try {
            return tokens.isSigned(token) ? caller(token) : refused("is not signed by a key of the issuer");
        } catch (IssuerKeys.Unreachable e) {
            return new Check.Unknown();
        }
    }

    private Check caller(WebToken token) {
        var subject = token.text("sub").filter(WorkloadIssuer::isName);
        if (subject.isEmpty()) {
            return refused("has no usable sub");
        }
        var kept = new TreeMap<String, List<String>>();
        claims.forEach(claim -> kept.put(claim, values(token, claim)));
        kept.values().removeIf(List::isEmpty);
        var characters = kept.values().stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .sum();
        return characters > MOST_CHARACTERS
                ? refused("has more than " + MOST_CHARACTERS + " characters in the claims that access rules name")
                : new Check.Valid(
                        new Caller.Workload(settings.name(), subject.get(), kept),
                        token.time("exp").orElseThrow());
    }

    private static boolean isName(String subject) {
        return !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
    }

    /** A claim as texts. What is too long or too much is left out, so it matches no rule. */
    private static List<String> values(WebToken token, String claim) {
        return token.values(claim).stream()
                .filter(value -> value.length() <= LONGEST_VALUE)
                .limit(MOST_VALUES)
                .toList();
    }

    private Check refused(String fault) {
        return new Check.Refused("the token of issuer " + settings.name() + " " + fault);
    }
}
