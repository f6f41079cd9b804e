package dev.berth.registry.access;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Grants;
import dev.berth.registry.access.caller.Login;
import dev.berth.registry.access.token.IssuedToken;
import dev.berth.registry.access.token.RegistryTokens;
import dev.berth.registry.access.token.ServiceAccounts;
import dev.berth.registry.access.token.TokenKey;
import dev.berth.registry.access.token.WorkloadIssuer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logins by token: a token of this registry, a service account's, or one of an issuer in the settings. The classes for tokens are loaded at the first one, not at the start. */
final class TokenLogins {
    private final TokenKey key;
    private final Clock clock;
    private @Nullable RegistryTokens ours;

    /**
     * The result of a login with a token.
     *
     * @param until the time at which the login ends in any case
     */
    record Checked(Login login, Instant until) {}

    TokenLogins(TokenKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Whether a password is a token of a service account, valid or not. Other registries have tokens for passwords, too. */
    static boolean isOfServiceAccount(String text) {
        return text.startsWith("eyJ") && ServiceAccounts.names(text);
    }

    /** Whether a password is a token of an issuer in the settings, valid or not. */
    static boolean isOfIssuer(String text, AccessInForce now) {
        return WorkloadIssuer.of(text, now.issuers()).isPresent();
    }

    Checked login(String token, AccessInForce now) throws InterruptedException {
        if (RegistryTokens.mayBeOurs(token)) {
            return ours().verify(token, now::proof)
                    .map(held -> new Checked(new Login.Accepted(held.bearer()), held.until()))
                    .orElseGet(TokenLogins::refused);
        }
        var issuer = WorkloadIssuer.of(token, now.issuers());
        return issuer.isPresent() ? ofIssuer(token, issuer.get()) : ofServiceAccount(token, now);
    }

    private static Checked ofIssuer(String token, WorkloadIssuer issuer) throws InterruptedException {
        return switch (issuer.check(token)) {
            case WorkloadIssuer.Check.Valid(var caller, var until) -> new Checked(new Login.Accepted(caller), until);
            case WorkloadIssuer.Check.Refused(var why) -> new Checked(new Login.BadToken(why), Instant.MAX);
            case WorkloadIssuer.Check.Unknown() ->
                new Checked(new Login.Unavailable("issuer " + issuer.settings().name()), Instant.MAX);
        };
    }

    Checked ofServiceAccount(String token, AccessInForce now) throws InterruptedException {
        if (now.serviceAccounts().isEmpty()) {
            return refused();
        }
        return switch (now.serviceAccounts().get().check(token)) {
            case ServiceAccounts.Check.Valid(var caller, var until, var _) ->
                new Checked(new Login.Accepted(caller), until);
            case ServiceAccounts.Check.Invalid() -> refused();
            case ServiceAccounts.Check.Unknown() ->
                new Checked(new Login.Unavailable("the issuer of service account tokens"), Instant.MAX);
        };
    }

    IssuedToken issue(Caller holder, String proof, Grants grants) {
        return ours().issue(holder, proof, grants);
    }

    private synchronized RegistryTokens ours() {
        var made = Optional.ofNullable(ours).orElseGet(() -> new RegistryTokens(key, clock));
        ours = made;
        return made;
    }

    private static Checked refused() {
        return new Checked(new Login.Refused(), Instant.MAX);
    }
}
