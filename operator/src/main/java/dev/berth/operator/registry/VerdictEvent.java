package dev.berth.operator.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event, shown by `kubectl describe`, for each time that a condition's reason becomes another. The same reason for the same object
 * is one Event that counts, however often it comes back.
 */
public record VerdictEvent(String type, String reason, String message) {

    private static final int LONGEST = 1024;
    private static final Logger log = LoggerFactory.getLogger(VerdictEvent.class);

    /**
     * None when the condition is, by its reason, the one it was.
     *
     * @param calm reasons that are as they should be though the condition doesn't hold
     */
    public static Optional<VerdictEvent> between(
            Optional<Condition> before, Optional<Condition> now, Set<String> calm) {
        var then = before.map(Condition::reason);
        return now.filter(condition -> !Optional.of(condition.reason()).equals(then))
                .map(condition -> new VerdictEvent(
                        condition.holds() || calm.contains(condition.reason()) ? "Normal" : "Warning",
                        condition.reason(),
                        condition.message()));
    }

    /** An event that can't be written is worth a line in the log, and no more. Most events are new, so nobody looks first. */
    public void publish(HasMetadata object, KubernetesClient client, Instant at) {
        var event = about(object, at);
        try {
            if (!created(event, client)) {
                countAgain(event, client);
            }
        } catch (KubernetesClientException refused) {
            log.warn("no event {} for {}: {}", reason, object.getFullResourceName(), refused.getMessage());
        }
    }

    private static boolean created(Event event, KubernetesClient client) {
        try {
            client.v1().events().resource(event).create();
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            return false;
        }
    }

    /** One that runs out in this very moment is not counted. */
    private static void countAgain(Event event, KubernetesClient client) {
        var found = client.v1().events().resource(event).get();
        if (found != null) {
            client.v1().events().resource(found).patch(PatchContext.of(PatchType.JSON_MERGE), again(found, event));
        }
    }

    Event about(HasMetadata object, Instant at) {
        var time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        var metadata = object.getMetadata();
        var key = String.valueOf(metadata.getUid()) + type + reason;
        return new EventBuilder()
                .withNewMetadata()
                .withName(metadata.getName() + "." + Integer.toHexString(key.hashCode()))
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…")
                .withNewInvolvedObject()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .withNewSource()
                .withComponent(FieldManager.NAME)
                .endSource()
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
    }

    private static String again(Event found, Event event) {
        var count = found.getCount() == null ? 1 : found.getCount();
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", count + 1)
                .put("message", event.getMessage())
                .put("lastTimestamp", event.getLastTimestamp())
                .toString();
    }
}
