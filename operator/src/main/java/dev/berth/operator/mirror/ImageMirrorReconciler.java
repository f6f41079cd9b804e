package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.poll.StatusPoll;
import dev.berth.operator.registry.ApiRefusal;
import dev.berth.operator.registry.FieldManager;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.v1alpha1.ImageMirror;
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
 * Says how a mirror is. It makes nothing: a mirror is a part of its registry's configuration, which the registry's own
 * reconciler writes with those of {@link RegistryMirrors}, and of the nodes' list of hosts.
 */
@ControllerConfiguration(name = "imagemirror", fieldManager = FieldManager.NAME)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class ImageMirrorReconciler implements Reconciler<ImageMirror> {

    private final BroughtObjects objects;
    private final ManagementPort servers;
    private final MirrorNodes nodes;
    private final MirrorNews news;
    private final BooleanSupplier leading;
    private final Fence fence;
    private final MirrorPublisher status;

    /**
     * The reconciler of all mirrors.
     *
     * @param objects what mirrors name
     * @param servers are asked how their mirrors are
     * @param leading whether this operator is the one that works, of several
     */
    public ImageMirrorReconciler(
            Clock clock,
            BroughtObjects objects,
            ManagementPort servers,
            MirrorNodes nodes,
            MirrorNews news,
            BooleanSupplier leading,
            Fence fence) {
        this.objects = objects;
        this.servers = servers;
        this.leading = leading;
        this.fence = fence;
        this.nodes = nodes;
        this.news = news;
        this.status = new MirrorPublisher(clock);
    }

    @Override
    public List<EventSource<?, ImageMirror>> prepareEventSources(EventSourceContext<ImageMirror> context) {
        var watches = new MirrorWatches(context, fence);
        var pods = watches.pods();
        var question = new MirrorReportPoll(
                mirror -> pods.isRunning() ? pods.get(MirrorWatches.podOf(mirror)) : Optional.empty(), servers);
        return List.of(
                pods,
                watches.registries(),
                watches.siblings(),
                new MirrorWake(context.getPrimaryCache(), news),
                new StatusPoll<>(
                        MirrorAnswer.class, MirrorReportPoll.NAME, context.getPrimaryCache(), question, fence));
    }

    @Override
    public UpdateControl<ImageMirror> reconcile(ImageMirror mirror, Context<ImageMirror> context) {
        var unreadable = mirror.specFault();
        if (unreadable.isPresent()) {
            var stalled = new Stalled(MirrorReasons.SPEC_UNREADABLE, unreadable.get());
            status.publish(MirrorSeen.nothingOf(mirror), Kstatus.findings(stalled), context);
            return UpdateControl.noUpdate();
        }
        var seen = new MirrorSeen(
                mirror,
                MirrorWatches.registryOf(mirror, context),
                Rivals.olderThan(mirror, MirrorWatches.all(mirror, context)),
                Brought.by(mirror, objects),
                context.getSecondaryResource(MirrorAnswer.class));
        var findings = new ArrayList<Finding>(Kstatus.findings(MirrorReadiness.of(seen)));
        UpstreamCondition.of(seen).ifPresent(findings::add);
        QuotaCondition.of(seen).ifPresent(findings::add);
        nodes.finding(seen).ifPresent(findings::add);
        return status.publish(seen, findings, context)
                ? UpdateControl.noUpdate()
                : UpdateControl.<ImageMirror>noUpdate().reschedule();
    }

    /** Reports a failure in the mirror's own status. The SDK tries again. */
    @Override
    public ErrorStatusUpdateControl<ImageMirror> updateErrorStatus(
            ImageMirror mirror, Context<ImageMirror> context, Exception failure) {
        if (!leading.getAsBoolean()) {
            return ErrorStatusUpdateControl
                    .noStatusUpdate(); // the operator is ending, which is no fault of the mirror's
        }
        var why = failure instanceof KubernetesClientException refusal
                ? ApiRefusal.words(refusal)
                : "the operator failed at it; its log says more";
        var trouble =
                new InProgress(MirrorReasons.FAILED, "the mirror could not be seen to: " + why + "; trying again");
        status.publish(MirrorSeen.nothingOf(mirror), Kstatus.findings(trouble), context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
