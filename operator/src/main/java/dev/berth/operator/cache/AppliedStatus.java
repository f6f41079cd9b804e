package dev.berth.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Writes the status of custom resources without keeping what the API server answers; {@link CompactEventSource} says why. */
public final class AppliedStatus {

    private AppliedStatus() {}

    /** Applies a status, and returns the whole object as it is now. */
    @SuppressWarnings("ReferenceEquality") // what the store has is another object, though it may be equal
    public static <P extends HasMetadata> P apply(P patch, Context<P> context) {
        var answer = context.resourceOperations().serverSideApplyPrimaryStatus(patch);
        var source = context.eventSourceRetriever().getControllerEventSource();
        if (source.get(ResourceID.fromResource(answer))
                .filter(held -> held != answer)
                .isPresent()) {
            source.onUpdate(answer, answer);
        }
        return answer;
    }
}
