package dev.berth.operator.registry;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child that could not be applied, and why, in the API server's own words where it is the one who said no. */
record Trouble(String reason, String message) {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    @SuppressWarnings("rawtypes") // as the SDK declares it
    static List<Trouble> among(Map<DependentResource, Exception> failures) {
        return failures.entrySet().stream()
                .filter(failure -> !isConflict(failure.getValue()))
                .filter(failure -> !(failure.getValue() instanceof SpecRefused))
                .map(failure -> of(failure.getKey().resourceType().getSimpleName(), failure.getValue()))
                .sorted(Comparator.comparing(Trouble::message))
                .toList();
    }

    /** Somebody else was quicker: the next attempt will see what they did. */
    private static boolean isConflict(Exception failure) {
        return failure instanceof KubernetesClientException refusal
                && refusal.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    static Trouble of(String kind, Exception failure) {
        return switch (failure) {
            case NameTaken taken -> new Trouble(RegistryReasons.NAME_TAKEN, String.valueOf(taken.getMessage()));
            case KubernetesClientException refusal
            when refusal.getStatus() != null -> apply(kind, ApiRefusal.words(refusal));
            case KubernetesClientException unreachable -> apply(kind, "the API server did not answer");
            case IllegalStateException told when told.getMessage() != null -> apply(kind, told.getMessage());
            default -> {
                log.error("the {} of a registry could not be seen to", kind, failure);
                yield apply(kind, "the operator failed at it, and its log says more");
            }
        };
    }

    private static Trouble apply(String kind, String why) {
        return new Trouble(
                RegistryReasons.APPLY_FAILED, "the " + kind + " could not be seen to: " + why + "; trying again");
    }
}
