package dev.berth.registry.access;

import dev.berth.protocol.password.GeneratedPassword;
import dev.berth.protocol.password.PasswordKeys;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.password.PasswordFile;
import dev.berth.registry.access.token.IssuerSettings;
import dev.berth.registry.access.token.ServiceAccounts;
import dev.berth.registry.access.token.WorkloadIssuer;
import dev.berth.registry.settings.InvalidSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The access settings in use, with the files that they name. */
record AccessInForce(
        AccessSettings settings,
        AccessPolicy policy,
        PasswordFile passwords,
        PasswordKeys keys,
        Optional<ServiceAccounts> serviceAccounts,
        List<WorkloadIssuer> issuers) {
    /**
     * Makes the settings in use.
     *
     * @param before the settings in use before, whose keys of the same issuer are kept
     */
    static AccessInForce of(AccessSettings settings, AccessFiles files, Clock clock, Optional<AccessInForce> before) {
        if (settings.users().isPresent() != files.users().isPresent()
                || settings.passwordKeys().isPresent() != files.passwordKeys().isPresent()) {
            throw new InvalidSettings("The files of `access` were not read.");
        }
        var lines = files.users().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        var kept = before.filter(it -> it.settings().serviceAccounts().equals(settings.serviceAccounts()))
                .flatMap(AccessInForce::serviceAccounts);
        return new AccessInForce(
                settings,
                AccessPolicy.of(settings),
                PasswordFile.parse(lines.orElse("")),
                files.passwordKeys().map(AccessInForce::keys).orElse(PasswordKeys.NONE),
                kept.or(() -> settings.serviceAccounts().map(accounts -> new ServiceAccounts(accounts, clock))),
                settings.issuers().stream()
                        .map(issuer -> opened(issuer, settings, clock, before))
                        .toList());
    }

    private static WorkloadIssuer opened(
            IssuerSettings issuer, AccessSettings settings, Clock clock, Optional<AccessInForce> before) {
        var claims = settings.claimsOf(issuer);
        return before.stream()
                .flatMap(it -> it.issuers().stream())
                .filter(known -> known.settings().equals(issuer))
                .map(known -> known.with(claims))
                .findFirst()
                .orElseGet(() -> WorkloadIssuer.open(issuer, claims, clock));
    }

    private static PasswordKeys keys(byte[] document) {
        try {
            return PasswordKeys.read(document);
        } catch (IOException e) {
            throw new InvalidSettings("The file in `access.passwordKeys` is no document of keys.", e);
        }
    }

    /** Whether a user's password was made with one of the keys in use, and is not revoked. */
    boolean accepts(String user, GeneratedPassword password) {
        return keys.accept(user, password);
    }

    /** What a login of the caller is verified against; empty for a user who was removed. */
    Optional<String> proof(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous() -> Optional.of("");
            case Caller.User(var name) -> passwords.hashOf(name);
            // A new key does not end tokens that were given for the old one: they last minutes, and pulls go on. A
            // revocation does.
            case Caller.SecretHolder(var _, var namespace) ->
                settings.passwordKeys().map(_ -> "issue " + keys.issue(namespace));
            case Caller.ServiceAccount _ -> serviceAccounts.map(ServiceAccounts::proof);
            case Caller.Workload(var issuer, var _, var _) ->
                issuers.stream()
                        .filter(known -> known.settings().name().equals(issuer))
                        .map(WorkloadIssuer::proof)
                        .findFirst();
            case Caller.Bearer(var holder, var _) -> proof(holder);
        };
    }

    boolean holds(VerifiedLogins.Verified login, Instant now) {
        return now.isBefore(login.until())
                && proof(login.login().caller()).filter(login.proof()::equals).isPresent();
    }
}
