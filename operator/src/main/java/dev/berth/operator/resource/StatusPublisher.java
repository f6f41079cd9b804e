package dev.berth.operator.resource;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.berth.v1alpha1.BerthResource;
import dev.berth.v1alpha1.ConditionedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Writes the status of a custom resource in one patch, and only if it differs from the present one. Before that it creates an event for
 * each change that one of its rules reports.
 *
 * @param <R> the custom resource
 * @param <S> its status
 */
public final class StatusPublisher<R extends BerthResource<?, S>, S extends ConditionedStatus> {
    private final Supplier<R> empty;
    private final List<ConditionEvent.Rule> events;
    private final InstantSource clock;

    /**
     * A publisher for one kind.
     *
     * @param empty makes an object of the kind without any fields
     * @param events say which changes of conditions become events
     */
    public StatusPublisher(Supplier<R> empty, List<ConditionEvent.Rule> events, InstantSource clock) {
        this.empty = empty;
        this.events = List.copyOf(events);
        this.clock = clock;
    }

    /**
     * Writes a status.
     *
     * @param before the status that `resource` has
     * @return false if the spec was changed, or the resource was deleted and created anew, while it was reconciled. The SDK takes such a
     *     change for a part of this patch and does not start another reconciliation, so the caller has to
     */
    public boolean publish(R resource, S before, S now, Context<R> context) {
        if (now.equals(before)) {
            return true;
        }
        for (var rule : events) {
            rule.event(before, now).ifPresent(event -> event.publish(resource, context.getClient(), clock.instant()));
        }
        try {
            var answer = apply(patch(resource, now), context);
            return isReconciled(resource.getMetadata(), answer.getMetadata());
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != HTTP_NOT_FOUND) {
                throw refusal;
            }
            return true; // it was deleted meanwhile, and nobody reads its status any more
        }
    }

    /** Whether the resource that has the status now is the one that was reconciled: a patch finds a resource by its name alone. */
    static boolean isReconciled(ObjectMeta reconciled, ObjectMeta patched) {
        return Objects.equals(reconciled.getUid(), patched.getUid())
                && Objects.equals(reconciled.getGeneration(), patched.getGeneration());
    }

    /** Server-side apply owns every field that it sends, so the patch has a name and a status and nothing else. */
    R patch(R resource, S status) {
        var patch = empty.get();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }

    /**
     * Applies the patch and takes the answer out of the SDK's cache of recent writes if the informer has the object already. The SDK would
     * otherwise keep the answer for good: it waits for a report of the informer that came before the answer did.
     */
    @SuppressWarnings("ReferenceEquality") // the informer's store returns another object, which may be equal
    private static <P extends HasMetadata> P apply(P patch, Context<P> context) {
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
