package dev.berth.registry.access;

import java.util.List;
import java.util.Optional;

/** Decides, and does nothing else: equal question, equal answer. */
record AccessPolicy(boolean open, boolean anonymousPull, Optional<List<AccessRule>> rules) {
    static AccessPolicy of(AccessSettings settings) {
        return new AccessPolicy(settings.users().isEmpty(), settings.anonymousPull(), settings.rules());
    }

    Decision decide(Caller caller, Action action, String repository) {
        if (open || (anonymousPull && action == Action.PULL)) {
            return Decision.ALLOWED;
        }
        return switch (caller) {
            case Caller.Anonymous() -> Decision.SIGN_IN;
            case Caller.User(var name) when allows(name, action, repository) -> Decision.ALLOWED;
            case Caller.User user -> action == Action.PULL ? Decision.HIDDEN : Decision.DENIED;
        };
    }

    private boolean allows(String user, Action action, String repository) {
        return rules.map(list -> list.stream().anyMatch(rule -> rule.allows(user, action, repository)))
                .orElse(true);
    }
}
