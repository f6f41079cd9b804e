package dev.berth.registry.access.token;

import dev.berth.registry.access.caller.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens of Kubernetes service accounts, as the API server signs them: checked by the issuer's public keys alone, without asking for each
 * token. A token is good until it ends, even if its pod is gone; kubelet makes them last an hour.
 */
public final class ServiceAccounts {
    private final ServiceAccountSettings settings;
    private final IssuerTokens tokens;

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
        this(settings, clock, IssuerTokens.PATIENCE);
    }

    ServiceAccounts(ServiceAccountSettings settings, Clock clock, Duration patience) {
        this.settings = settings;
        this.tokens = new IssuerTokens(settings.source(), clock, patience);
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
        if (token.isEmpty() || tokens.fault(token.get()).isPresent()) {
            return new Check.Invalid();
        }
        var audience = TokenAudience.of(token.get().texts("aud"), settings);
        if (audience instanceof TokenAudience.Others) {
            return new Check.Invalid();
        }
        try {
            return tokens.isSigned(token.get())
                    ? valid(token.get(), audience.limit()).orElseGet(Check.Invalid::new)
                    : new Check.Invalid();
        } catch (IssuerKeys.Unreachable e) {
            return new Check.Unknown();
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
