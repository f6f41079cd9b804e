package dev.berth.operator.mirror;

import dev.berth.operator.condition.Conditions;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Says that mirrors are not served yet: better than an object to which nothing ever happens. */
@ControllerConfiguration(name = "imagemirror")
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class ImageMirrorReconciler implements Reconciler<ImageMirror> {

    private static final Stalled NOT_YET = new Stalled(
            "NotSupported",
            "Berth 0.1 does not serve mirrors yet; this one is checked against its schema, and kept for a version that does");

    private final Clock clock;

    public ImageMirrorReconciler(Clock clock) {
        this.clock = clock;
    }

    @Override
    public UpdateControl<ImageMirror> reconcile(ImageMirror mirror, Context<ImageMirror> context) {
        var status = statusOf(mirror, clock.instant());
        if (status.equals(mirror.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var answer = context.resourceOperations().serverSideApplyPrimaryStatus(patch(mirror, status));
        var generation = mirror.getMetadata().getGeneration();
        return Objects.equals(answer.getMetadata().getGeneration(), generation)
                ? UpdateControl.noUpdate()
                : UpdateControl.<ImageMirror>noUpdate().reschedule();
    }

    static ImageMirrorStatus statusOf(ImageMirror mirror, Instant now) {
        var generation = mirror.getMetadata().getGeneration();
        var before = mirror.getStatus() == null ? ImageMirrorStatus.EMPTY : mirror.getStatus();
        var conditions = Conditions.of(before.conditions(), Kstatus.findings(NOT_YET), generation, now);
        return new ImageMirrorStatus(generation, conditions, null, null, null, List.of());
    }

    private static ImageMirror patch(ImageMirror mirror, ImageMirrorStatus status) {
        var patch = new ImageMirror();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(mirror.getMetadata().getName())
                .withNamespace(mirror.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
