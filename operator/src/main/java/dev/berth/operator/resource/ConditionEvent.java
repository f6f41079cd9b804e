package dev.berth.operator.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ConditionedStatus;
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
 * An event about a condition, which `kubectl describe` shows. The same reason for the same object is one Event, whose count grows each time.
 */
public record ConditionEvent(String type, String reason, String message) {
    private static final int LONGEST = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ConditionEvent.class);

    /** Decides whether a change of a status is worth an event. */
    @FunctionalInterface
    public interface Rule {
        Optional<ConditionEvent> event(ConditionedStatus before, ConditionedStatus now);
    }

    /**
     * An event each time the reason of a condition changes.
     *
     * @param calm reasons that are normal although the condition is false
     */
    public static Rule onNewReason(String condition, Set<String> calm) {
        return (before, now) -> between(before.condition(condition), now.condition(condition), calm);
    }

    /** For a condition that is true while there is a problem: a Warning when it becomes true, and a Normal event when it no longer is. */
    public static Rule onProblem(String condition) {
        return (before, now) -> {
            var is = now.condition(condition).filter(Condition::holds).isPresent();
            var was = before.condition(condition).filter(Condition::holds).isPresent();
            return now.condition(condition)
                    .filter(_ -> is != was)
                    .map(found -> new ConditionEvent(is ? "Warning" : "Normal", found.reason(), found.message()));
        };
    }

    static Optional<ConditionEvent> between(Optional<Condition> before, Optional<Condition> now, Set<String> calm) {
        var then = before.map(Condition::reason);
        return now.filter(condition -> !Optional.of(condition.reason()).equals(then))
                .map(condition -> new ConditionEvent(
                        condition.holds() || calm.contains(condition.reason()) ? "Normal" : "Warning",
                        condition.reason(),
                        condition.message()));
    }

    /** Creates the event, or counts the present one again. A failure is only logged. Most events are new, so it is created without a look first. */
    void publish(HasMetadata object, KubernetesClient client, Instant at) {
        var event = about(object, at);
        try {
            if (!created(event, client)) {
                countAgain(event, client);
            }
        } catch (KubernetesClientException refused) {
            LOG.warn("event {} for {} was not written: {}", reason, object.getFullResourceName(), refused.getMessage());
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

    /** Does nothing for an event that has expired meanwhile. */
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
