package dev.berth.registry.access;

import java.util.List;
import java.util.Optional;

/** Decides, and does nothing else: equal question, equal answer. */
record AccessPolicy(boolean open, boolean anonymousPull, Optional<List<AccessRule>> rules) {
    static AccessPolicy of(AccessSettings settings) {
        return new AccessPolicy(settings.open(), settings.anonymousPull(), settings.rules());
    }

    Decision decide(Caller caller, Action action, String repository) {
        if (open || (anonymousPull && action == Action.PULL)) {
            return Decision.ALLOWED;
        }
        return switch (caller) {
            case Caller.Anonymous() -> Decision.SIGN_IN;
            case Caller.Bearer(var holder, var grants) -> {
                var ofHolder = decide(holder, action, repository);
                yield ofHolder == Decision.ALLOWED && !grants.allow(action, repository)
                        ? Decision.OUT_OF_SCOPE
                        : ofHolder;
            }
            case Caller.User _, Caller.ServiceAccount _ -> {
                if (allows(caller, action, repository)) {
                    yield Decision.ALLOWED;
                }
                yield action == Action.PULL ? Decision.HIDDEN : Decision.DENIED;
            }
        };
    }

    /** Without rules, whoever was given a password may do everything; of the cluster's pods nobody was chosen. */
    private boolean allows(Caller caller, Action action, String repository) {
        return rules.map(list -> list.stream().anyMatch(rule -> rule.allows(caller, action, repository)))
                .orElse(caller instanceof Caller.User);
    }
}
