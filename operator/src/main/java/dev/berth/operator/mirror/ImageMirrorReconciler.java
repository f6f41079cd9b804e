package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.node.NodesFound;
import dev.berth.operator.resource.ApiRefusal;
import dev.berth.operator.resource.FieldManager;
import dev.berth.operator.resource.StatusPublisher;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Writes into the status of an ImageMirror how it is. It makes no objects: {@link RegistryMirrors} puts the mirror into the configuration of
 * its Registry's server, and {@link MirrorNodes} into the nodes' list of hosts.
 */
@ControllerConfiguration(name = "imagemirror", fieldManager = FieldManager.NAME)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class ImageMirrorReconciler implements Reconciler<ImageMirror> {
    private final MirrorInputs.Reader inputs;
    private final MirrorNodes nodes;
    private final MirrorWatches.Sources sources;
    private final Clock clock;
    private final BooleanSupplier leading;
    private final StatusPublisher<ImageMirror, ImageMirrorStatus> status;

    /**
     * The reconciler of all ImageMirrors.
     *
     * @param sources what wakes mirrors
     * @param leading whether this operator is the leader
     */
    public ImageMirrorReconciler(
            MirrorInputs.Reader inputs,
            MirrorNodes nodes,
            MirrorWatches.Sources sources,
            Clock clock,
            BooleanSupplier leading) {
        this.inputs = inputs;
        this.nodes = nodes;
        this.sources = sources;
        this.clock = clock;
        this.leading = leading;
        this.status = new StatusPublisher<>(ImageMirror::new, MirrorStatus.EVENTS, clock);
    }

    @Override
    public List<EventSource<?, ImageMirror>> prepareEventSources(EventSourceContext<ImageMirror> context) {
        return MirrorWatches.of(context, sources);
    }

    @Override
    public UpdateControl<ImageMirror> reconcile(ImageMirror mirror, Context<ImageMirror> context) {
        var unreadable = mirror.specFault();
        if (unreadable.isPresent()) {
            var stalled = new Stalled(MirrorReasons.SPEC_UNREADABLE, unreadable.get());
            return next(publish(MirrorSeen.nothingOf(mirror), Kstatus.findings(stalled), Optional.empty(), context));
        }
        var seen = new MirrorSeen(
                mirror,
                MirrorWatches.registryOf(mirror, context),
                Rivals.olderThan(mirror, MirrorWatches.all(mirror, context)),
                inputs.read(mirror),
                context.getSecondaryResource(MirrorAnswer.class));
        var findings = new ArrayList<Finding>(Kstatus.findings(MirrorReadiness.of(seen)));
        MirrorConditions.upstreamReachable(seen).ifPresent(findings::add);
        MirrorConditions.quotaReached(seen).ifPresent(findings::add);
        MirrorConditions.pruning(mirror, WatchedNamespaces.of(context.getControllerConfiguration()))
                .ifPresent(findings::add);
        return next(publish(seen, findings, nodes.of(seen), context));
    }

    private static UpdateControl<ImageMirror> next(boolean reconciled) {
        return reconciled
                ? UpdateControl.noUpdate()
                : UpdateControl.<ImageMirror>noUpdate().reschedule();
    }

    private boolean publish(
            MirrorSeen seen, List<Finding> findings, Optional<NodesFound> nodes, Context<ImageMirror> context) {
        var now = MirrorStatus.of(seen, findings, nodes, clock.instant());
        return status.publish(seen.mirror(), seen.before(), now, context);
    }

    /** Reports a failure in the status of the mirror. The SDK tries again. */
    @Override
    public ErrorStatusUpdateControl<ImageMirror> updateErrorStatus(
            ImageMirror mirror, Context<ImageMirror> context, Exception failure) {
        if (!leading.getAsBoolean()) {
            return ErrorStatusUpdateControl.noStatusUpdate(); // the operator ends, which is not the mirror's trouble
        }
        var why = failure instanceof KubernetesClientException refusal
                ? ApiRefusal.words(refusal)
                : "the operator failed; see its log";
        var trouble = new InProgress(
                MirrorReasons.FAILED, "the ImageMirror was not reconciled: " + why + "; the operator tries again");
        publish(MirrorSeen.nothingOf(mirror), Kstatus.findings(trouble), Optional.empty(), context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
