package dev.berth.registry.api.admission;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.token.ServiceAccounts;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;

/**
 * Refuses a pull by a service account that no rule allows. The text of the status says so, because container runtimes ask with HEAD and report nothing
 * else: kubelet's event then names the account and the repository.
 */
record PodRefusal(Caller.ServiceAccount account, RepositoryName repository) {
    /** Empty for callers that are no service account. */
    static Optional<PodRefusal> of(Caller caller, RepositoryName repository) {
        return switch (caller) {
            case Caller.ServiceAccount account -> Optional.of(new PodRefusal(account, repository));
            case Caller.Bearer(var holder, var _) -> of(holder, repository);
            case Caller.Anonymous _, Caller.User _, Caller.SecretHolder _, Caller.Workload _ -> Optional.empty();
        };
    }

    /** Why this server takes no token of a service account in place of a password; empty if the password is none. */
    static Optional<String> ofToken(Optional<String> authorization) {
        return authorization
                .flatMap(Credentials::parse)
                .filter(pair -> ServiceAccounts.names(pair.password()))
                .map(_ ->
                        "the service account's token has ended or is for another registry, or no access rule here names a"
                                + " service account");
    }

    Answer answer() {
        return Refusal.DENIED.answer(sentence()).because("Forbidden: " + sentence());
    }

    private String sentence() {
        var name = "service account " + account.namespace() + "/" + account.account();
        return account.mayTry(Action.PULL, repository.value())
                ? "no access rule allows " + name + " to pull " + repository.value()
                : "this token of " + name + " is only for images of "
                        + account.limit().flatMap(Caller.PullOnly::upstream).orElse("another registry");
    }
}
