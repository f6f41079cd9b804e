package dev.berth.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import dev.berth.registry.access.caller.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of Kubernetes service accounts, as the API server signs them: checked by the issuer's public keys alone, without asking for each
 * token. A token is good until it ends, even if its pod is gone; kubelet makes them last an hour.
 */
public final class ServiceAccounts {
    /** For a key that isn't known yet, login waits at most for two such answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final ServiceAccountSettings settings;
    private final IssuerKeys keys;
    private final Clock clock;

    /** The result of verifying a token. */
    public sealed interface Check {
        /**
         * The token is good.
         *
         * @param node on which the pod runs that the token is bound to; empty if it is bound to none
         */
        record Valid(Caller.ServiceAccount caller, Instant until, Optional<String> node) implements Check {}

        record Invalid() implements Check {}

        /** The token cannot be verified, since the issuer does not answer. */
        record Unknown() implements Check {}
    }

    public ServiceAccounts(ServiceAccountSettings settings, Clock clock) {
        this(settings, clock, PATIENCE);
    }

    ServiceAccounts(ServiceAccountSettings settings, Clock clock, Duration patience) {
        this.settings = settings;
        this.clock = clock;
        this.keys = new IssuerKeys(new IssuerDocuments(settings, patience), clock, patience);
    }

    /** What the logins of service accounts are verified against. */
    public String proof() {
        return settings.discovery() + " " + settings.issuer().orElse("") + " " + settings.audience() + " "
                + settings.otherAudiences() + " " + settings.kubeletAudience().orElse("");
    }

    /** Whether a text is a token that names a service account. Nothing is verified. */
    public static boolean names(String text) {
        return WebToken.parse(text)
                .flatMap(token -> token.text("sub"))
                .filter(name -> name.startsWith(Caller.ServiceAccount.PREFIX))
                .isPresent();
    }

    /** Verifies a token. Blocks while the issuer is asked for keys. */
    public Check check(String text) throws InterruptedException {
        var token = WebToken.parse(text);
        if (token.isEmpty() || !isInTime(token.get()) || token.get().keyId().isEmpty()) {
            return new Check.Invalid();
        }
        var audience = TokenAudience.of(token.get().texts("aud"), settings);
        if (audience instanceof TokenAudience.Others) {
            return new Check.Invalid();
        }
        try {
            return keys.find(token.get().keyId().get())
                    .filter(key ->
                            token.get().text("iss").filter(key.issuer()::equals).isPresent())
                    .filter(key -> isSigned(token.get(), key))
                    .flatMap(_ -> valid(token.get(), audience.limit()))
                    .orElseGet(Check.Invalid::new);
        } catch (IssuerKeys.Unreachable e) {
            return new Check.Unknown();
        }
    }

    /** Checks what needs no key of the issuer. */
    private boolean isInTime(WebToken token) {
        var now = clock.instant();
        return ALGORITHMS.contains(token.algorithm())
                && token.time("exp").filter(now::isBefore).isPresent()
                && token.time("nbf").map(from -> !now.plus(SKEW).isBefore(from)).orElse(true);
    }

    private static boolean isSigned(WebToken token, IssuerKeys.IssuerKey key) {
        try {
            return key.key() instanceof AsymmetricJWK pair
                    && token.signed()
                            .verify(new DefaultJWSVerifierFactory()
                                    .createJWSVerifier(token.signed().getHeader(), pair.toPublicKey()));
        } catch (JOSEException e) {
            return false; // the key does not fit the algorithm
        }
    }

    private static Optional<Check> valid(WebToken token, Optional<Caller.PullOnly> limit) {
        return token.text("sub")
                .filter(name -> name.startsWith(Caller.ServiceAccount.PREFIX))
                .filter(name -> name.split(":", -1).length == 4)
                .map(Caller::named)
                .filter(Caller.ServiceAccount.class::isInstance)
                .map(Caller.ServiceAccount.class::cast)
                .map(caller -> new Caller.ServiceAccount(caller.namespace(), caller.account(), limit))
                .flatMap(caller -> token.time("exp").map(until -> new Check.Valid(caller, until, token.node())));
    }
}
