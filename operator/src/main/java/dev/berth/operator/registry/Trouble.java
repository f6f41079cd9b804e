package dev.berth.operator.registry;

import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.resource.ApiRefusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child that was not applied, and why. A refusal by the API server is told in its own words. */
record Trouble(String reason, String message) {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    @SuppressWarnings("rawtypes") // as the SDK declares it
    static List<Trouble> among(Map<DependentResource, Exception> failures) {
        return failures.entrySet().stream()
                .filter(failure -> !isConflict(failure.getValue()))
                .filter(failure -> !(failure.getValue() instanceof ChildFailure.SpecRefused))
                .map(failure -> of(failure.getKey().resourceType().getSimpleName(), failure.getValue()))
                .sorted(Comparator.comparing(Trouble::message))
                .toList();
    }

    /** Another client wrote the object first. The next attempt reads what it wrote. */
    private static boolean isConflict(Exception failure) {
        return failure instanceof KubernetesClientException refusal
                && refusal.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    static Trouble of(String kind, Exception failure) {
        return switch (failure) {
            case ChildFailure.NameTaken taken ->
                new Trouble(RegistryReasons.NAME_TAKEN, String.valueOf(taken.getMessage()));
            case KubernetesClientException refusal
            when refusal.getStatus() != null -> apply(kind, ApiRefusal.words(refusal));
            case KubernetesClientException unreachable -> apply(kind, "the API server did not answer");
            case IllegalStateException told when told.getMessage() != null -> apply(kind, told.getMessage());
            default -> {
                LOG.error("the {} of a Registry was not applied", kind, failure);
                yield apply(kind, "the operator failed; see its log");
            }
        };
    }

    private static Trouble apply(String kind, String why) {
        return new Trouble(
                RegistryReasons.APPLY_FAILED,
                "the " + kind + " was not applied: " + why + "; the operator tries again");
    }
}
