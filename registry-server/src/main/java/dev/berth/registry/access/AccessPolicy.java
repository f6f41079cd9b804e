package dev.berth.registry.access;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import java.util.List;
import java.util.Optional;

/** Decides what callers may do. Pure: equal input, equal output. */
record AccessPolicy(boolean open, AnonymousPull anonymousPull, Optional<List<AccessRule>> rules) {
    static AccessPolicy of(AccessSettings settings) {
        return new AccessPolicy(settings.open(), settings.anonymousPull(), settings.rules());
    }

    Decision decide(Caller caller, Action action, String repository) {
        return decide(caller, action, repository, Exposure.ORDINARY);
    }

    Decision decide(Caller caller, Action action, String repository, Exposure exposure) {
        if (isFree(action, repository, exposure)) {
            return Decision.ALLOWED;
        }
        return switch (caller) {
            case Caller.Anonymous() -> open ? refusal(action) : Decision.SIGN_IN;
            case Caller.Bearer(var holder, var grants) -> {
                var ofHolder = decide(holder, action, repository, exposure);
                yield ofHolder == Decision.ALLOWED && !grants.allow(action, repository)
                        ? Decision.OUT_OF_SCOPE
                        : ofHolder;
            }
            case Caller.User _, Caller.SecretHolder _, Caller.Workload _ ->
                allows(caller, action, repository, exposure) ? Decision.ALLOWED : refusal(action);
            case Caller.ServiceAccount account ->
                account.mayTry(action, repository) && allows(caller, action, repository, exposure)
                        ? Decision.ALLOWED
                        : refusal(action);
        };
    }

    /** Whether everybody may. Only callers whom a rule names may push into a mirror, since its clients expect the upstream's images. */
    private boolean isFree(Action action, String repository, Exposure exposure) {
        var unlessMirrored = open || (action == Action.PULL && anonymousPull.allows(repository));
        return switch (exposure) {
            case ORDINARY -> unlessMirrored;
            case PUBLIC -> action == Action.PULL || (unlessMirrored && action != Action.PUSH);
            case PRIVATE -> false;
        };
    }

    private static Decision refusal(Action action) {
        return action == Action.PULL ? Decision.HIDDEN : Decision.DENIED;
    }

    /** Without rules, users with a password may do everything, and service accounts and workloads nothing. */
    private boolean allows(Caller caller, Action action, String repository, Exposure exposure) {
        return rules.map(list -> list.stream().anyMatch(rule -> rule.allows(caller, action, repository)))
                .orElse((caller instanceof Caller.User || caller instanceof Caller.SecretHolder)
                        && (exposure == Exposure.ORDINARY || action != Action.PUSH));
    }
}
