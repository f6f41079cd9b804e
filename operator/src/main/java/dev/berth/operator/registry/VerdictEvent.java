package dev.berth.operator.registry;

import dev.berth.operator.condition.Kstatus;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event, shown by `kubectl describe`, for each time that a registry's verdict becomes another. */
record VerdictEvent(String type, String reason, String message) {

    private static final Logger log = LoggerFactory.getLogger(VerdictEvent.class);

    /** None when the verdict is, by its reason, the one it was. */
    static Optional<VerdictEvent> between(RegistryStatus before, RegistryStatus now) {
        var then = before.condition(Kstatus.READY).map(Condition::reason);
        return now.condition(Kstatus.READY)
                .filter(ready -> !Optional.of(ready.reason()).equals(then))
                .map(ready -> new VerdictEvent(isFine(ready) ? "Normal" : "Warning", ready.reason(), ready.message()));
    }

    /** An event that can't be written is worth a line in the log, and no more. */
    void publish(Registry registry, KubernetesClient client, Instant at) {
        try {
            client.v1().events().resource(about(registry, at)).create();
        } catch (KubernetesClientException refused) {
            log.warn("no event {} for {}: {}", reason, registry.getFullResourceName(), refused.getMessage());
        }
    }

    Event about(Registry registry, Instant at) {
        var time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        var metadata = registry.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withName(metadata.getName() + "." + Long.toHexString(at.toEpochMilli())
                        + Integer.toHexString(hashCode()))
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() <= 1024 ? message : message.substring(0, 1023) + "…")
                .withNewInvolvedObject()
                .withApiVersion(registry.getApiVersion())
                .withKind(registry.getKind())
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

    /** Starting and being replaced are as they should be. */
    private static boolean isFine(Condition ready) {
        return ready.holds()
                || ready.reason().equals(RegistryReasons.STARTING)
                || ready.reason().equals(RegistryReasons.ROLLING_OUT);
    }
}
