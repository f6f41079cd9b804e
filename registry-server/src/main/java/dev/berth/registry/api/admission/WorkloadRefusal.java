package dev.berth.registry.api.admission;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.reference.RepositoryName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells a workload with a token of an issuer which of its claims were compared with the rules. It reads no more than what its own token says, and
 * every repository looks the same to it, whether it exists or not.
 */
final class WorkloadRefusal {
    private WorkloadRefusal() {}

    static boolean concerns(Caller caller) {
        return workload(caller).isPresent();
    }

    /** Why a workload is refused; empty for other callers. */
    static Optional<String> of(Caller caller, Action action, RepositoryName repository) {
        return workload(caller)
                .map(workload ->
                        "no access rule allows this token of issuer " + workload.issuer() + " to " + action + " "
                                + (action == Action.PUSH ? "to " : "") + repository.value() + "; its claims are "
                                + claims(workload));
    }

    private static Optional<Caller.Workload> workload(Caller caller) {
        return switch (caller) {
            case Caller.Workload workload -> Optional.of(workload);
            case Caller.Bearer(var holder, var _) -> workload(holder);
            case Caller.Anonymous _, Caller.User _, Caller.SecretHolder _, Caller.ServiceAccount _ -> Optional.empty();
        };
    }

    private static String claims(Caller.Workload workload) {
        return workload.claims().isEmpty()
                ? "none that a rule names"
                : workload.claims().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(claim -> claim.getKey() + "=" + String.join("|", claim.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
