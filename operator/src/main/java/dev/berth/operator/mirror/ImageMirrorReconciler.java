package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.registry.FieldManager;
import dev.berth.operator.registry.ManagementPort;
import dev.berth.v1alpha1.ImageMirror;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a mirror is. It makes nothing: a mirror is a part of its registry's configuration, which the registry's own
 * reconciler writes with those of {@link RegistryMirrors}, and of the nodes' list of hosts.
 */
@ControllerConfiguration(name = "imagemirror", fieldManager = FieldManager.NAME)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class ImageMirrorReconciler implements Reconciler<ImageMirror> {

    private final BroughtObjects objects;
    private final MirrorReportPoll poll;
    private final MirrorNodes nodes;
    private final MirrorNews news;
    private final MirrorPublisher status;

    public ImageMirrorReconciler(
            Clock clock, KubernetesClient client, ManagementPort port, MirrorNodes nodes, MirrorNews news) {
        this.objects = new BroughtObjects(client);
        this.poll = new MirrorReportPoll(port);
        this.nodes = nodes;
        this.news = news;
        this.status = new MirrorPublisher(clock);
    }

    @Override
    public List<EventSource<?, ImageMirror>> prepareEventSources(EventSourceContext<ImageMirror> context) {
        var pods = MirrorWatches.pods(context);
        return List.of(
                pods,
                MirrorWatches.registries(context),
                MirrorWatches.siblings(context),
                new MirrorWake(context.getPrimaryCache(), news),
                poll.eventSource(context, mirror -> pods.get(MirrorWatches.podOf(mirror))));
    }

    @Override
    public UpdateControl<ImageMirror> reconcile(ImageMirror mirror, Context<ImageMirror> context) {
        var seen = new MirrorSeen(
                mirror,
                MirrorWatches.registryOf(mirror, context),
                Rivals.olderThan(mirror, MirrorWatches.all(mirror, context)),
                Brought.by(mirror, objects),
                context.getSecondaryResource(MirrorAnswer.class));
        var findings = new ArrayList<Finding>(Kstatus.findings(MirrorReadiness.of(seen)));
        UpstreamFinding.of(seen).ifPresent(findings::add);
        nodes.finding(seen).ifPresent(findings::add);
        return status.publish(seen, findings, context)
                ? UpdateControl.noUpdate()
                : UpdateControl.<ImageMirror>noUpdate().reschedule();
    }
}
