package dev.berth.registry.access;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.password.PasswordFile;
import dev.berth.registry.access.token.IssuerSettings;
import dev.berth.registry.access.token.ServiceAccounts;
import dev.berth.registry.access.token.WorkloadIssuer;
import dev.berth.registry.settings.InvalidSettings;
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
        Optional<ServiceAccounts> serviceAccounts,
        List<WorkloadIssuer> issuers) {
    /**
     * Makes the settings in use.
     *
     * @param before the settings in use before, whose keys of the same issuer are kept
     */
    static AccessInForce of(
            AccessSettings settings, Optional<byte[]> usersFile, Clock clock, Optional<AccessInForce> before) {
        if (settings.users().isPresent() != usersFile.isPresent()) {
            throw new InvalidSettings("The users file was not read.");
        }
        var lines = usersFile.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        var kept = before.filter(it -> it.settings().serviceAccounts().equals(settings.serviceAccounts()))
                .flatMap(AccessInForce::serviceAccounts);
        return new AccessInForce(
                settings,
                AccessPolicy.of(settings),
                PasswordFile.parse(lines.orElse("")),
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

    /** What a login of the caller is verified against; empty for a user who was removed. */
    Optional<String> proof(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous() -> Optional.of("");
            case Caller.User(var name) -> passwords.hashOf(name);
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
