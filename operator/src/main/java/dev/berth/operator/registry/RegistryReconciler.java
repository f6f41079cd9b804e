package dev.berth.operator.registry;

import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExposedCondition;
import dev.berth.operator.network.ExternalService;
import dev.berth.operator.network.GatewayKinds;
import dev.berth.operator.network.RegistryService;
import dev.berth.operator.poll.StatusPoll;
import dev.berth.operator.pullsecret.GivenUsers;
import dev.berth.operator.pullsecret.KeysOfServer;
import dev.berth.operator.pullsecret.PullSecretWatches;
import dev.berth.operator.pullsecret.PullSecretsCondition;
import dev.berth.operator.pullsecret.RefusedCopies;
import dev.berth.operator.registry.RegistryFeature.Outcome;
import dev.berth.operator.resource.FieldManager;
import dev.berth.operator.resource.PauseAnnotation;
import dev.berth.operator.resource.StatusPublisher;
import dev.berth.operator.server.ServerMirrors;
import dev.berth.operator.server.TokenIssuers;
import dev.berth.operator.server.UpgradeTurns;
import dev.berth.operator.server.VolumeExpansion;
import dev.berth.operator.tls.AuthorityFollowers;
import dev.berth.operator.tls.CertificateCondition;
import dev.berth.operator.tls.GivenCertificate;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the children of a Registry as its spec asks for, and writes into its status how they are. */
@ControllerConfiguration(name = "registry", fieldManager = FieldManager.NAME)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class RegistryReconciler implements Reconciler<Registry> {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Not every object that users bring is watched, so they are read again this often. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private static final int UNPROCESSABLE = 422;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryReconciler.class);

    private final RegistryChildren children;
    private final RegistrySources sources;
    private final List<RegistryFeature> features;
    private final Clock clock;
    private final BooleanSupplier leading;
    private final Fence fence;
    private final UpgradeTurns turns;
    private final GatewayInformers gateways;
    private final StatusPublisher<Registry, RegistryStatus> status;

    /**
     * The reconciler of all Registries.
     *
     * @param features what Registries have besides their children; each adds a condition
     * @param leading whether this operator is the leader
     */
    public RegistryReconciler(
            RegistryChildren children,
            RegistrySources sources,
            List<RegistryFeature> features,
            Clock clock,
            BooleanSupplier leading,
            Fence fence) {
        this.children = children;
        this.sources = sources;
        this.features = List.copyOf(features);
        this.clock = clock;
        this.leading = leading;
        this.fence = fence;
        this.turns = children.turns();
        this.gateways = children.gatewayInformers(fence);
        this.status = new StatusPublisher<>(Registry::new, StatusReport.EVENTS, clock);
    }

    @Override
    public List<EventSource<?, Registry>> prepareEventSources(EventSourceContext<Registry> context) {
        var informers = children.informers(context, fence);
        var all = new ArrayList<>(informers.all().toList());
        all.addAll(gateways.atStart(context));
        all.addAll(PullSecretWatches.of(context, List.of(informers.secrets(), informers.configMaps()), leading, fence));
        var question = new ServerStatus.Poll(registry -> podOf(registry, informers.pods()), sources.servers());
        all.add(new StatusPoll<>(
                ServerStatus.class, ServerStatus.Poll.NAME, context.getPrimaryCache(), question, fence));
        all.add(turns);
        all.add(new AnnotationWatch());
        all.add(sources.watch());
        all.addAll(sources.mirrors().eventSources(context));
        features.forEach(feature -> all.addAll(feature.eventSources(context)));
        return all;
    }

    @Override
    public UpdateControl<Registry> reconcile(Registry registry, Context<Registry> context) {
        var unreadable = registry.specFault();
        if (unreadable.isPresent()) {
            var stalled = new Stalled(RegistryReasons.SPEC_UNREADABLE, unreadable.get());
            return next(publish(Observed.of(registry, context), Kstatus.findings(stalled), context), Optional.empty());
        }
        if (PauseAnnotation.isOn(registry)) {
            turns.end(ResourceID.fromResource(registry));
            return next(publishPaused(registry, context), Optional.empty());
        }
        var refusals = prepare(registry, context);
        var workflow = children.reconcile(registry, context);
        if (!leading.getAsBoolean()) {
            return UpdateControl
                    .noUpdate(); // the operator ends, and what failed because of that is not the Registry's trouble
        }
        var observed = Observed.of(registry, context).with(Trouble.among(workflow.getErroredDependents()));
        var hasTurn = hasTurn(registry, observed);
        var findings = new ArrayList<>(Kstatus.findings(refusals.first().orElseGet(() -> Readiness.of(observed))));
        findings.addAll(ownConditions(registry, observed, context));
        var outcomes = outcomes(registry, context);
        var outcome = outcomes.stream().flatMap(Optional::stream).reduce(Outcome.NONE, Outcome::and);
        findings.addAll(outcome.findings());
        var done = outcomes.stream().allMatch(Optional::isPresent) && !troubled(workflow);
        var again = isRefused(workflow) ? LATER : SOON;
        return next(
                publish(observed.with(outcome.nodes()), findings, context) && !ExternalService.hasChanged(context),
                done && !hasTurn ? looksAgain(registry, refusals, context) : Optional.of(done ? SOON : again));
    }

    private boolean publish(Observed observed, List<Finding> findings, Context<Registry> context) {
        var before = StatusReport.before(observed.registry());
        var now = StatusReport.of(observed, before, findings, clock.instant());
        return status.publish(observed.registry(), before, now, context);
    }

    private boolean publishPaused(Registry registry, Context<Registry> context) {
        var before = StatusReport.before(registry);
        var now = StatusReport.paused(registry, before, PauseAnnotation.finding(registry), clock.instant());
        return status.publish(registry, before, now, context);
    }

    /** Reports a failure that no child caused, such as an API server that does not answer. The SDK tries again. */
    @Override
    public ErrorStatusUpdateControl<Registry> updateErrorStatus(
            Registry registry, Context<Registry> context, Exception failure) {
        if (!leading.getAsBoolean()) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        var trouble = Trouble.of("spec", failure);
        var findings = Kstatus.findings(new InProgress(trouble.reason(), trouble.message()));
        publish(Observed.of(registry, context), findings, context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    /** Empty until the informer runs: the first poll may come before that. */
    private static Optional<Pod> podOf(Registry registry, InformerEventSource<Pod, Registry> pods) {
        return pods.isRunning() ? pods.get(RegistryNames.of(registry).podId()) : Optional.empty();
    }

    /** Reads what the children need and no informer sees, and puts it into the context, where they find it. */
    private Refusals prepare(Registry registry, Context<Registry> context) {
        var volume = Siblings.of(registry, context)
                .find(PersistentVolumeClaim.class, RegistryNames.of(registry).volume());
        var users = GivenUsers.read(registry, sources.referenced());
        users.putInto(context);
        var issuers = TokenIssuers.read(registry, sources.referenced());
        issuers.putInto(context);
        var refusals = SpecCheck.of(registry, sources.referenced(), volume.isPresent())
                .and(users.refusals())
                .and(issuers.refusals());
        refusals.putInto(context);
        sources.watch().follow(ResourceID.fromResource(registry), RegistryInputs.of(registry));
        sources.pullSecretTrust().putInto(context);
        new RefusedCopies().putInto(context);
        Optional.ofNullable(registry.getSpec().tls().secretRef())
                .flatMap(reference ->
                        sources.referenced().secret(registry.getMetadata().getNamespace(), reference.name()))
                .flatMap(GivenCertificate::read)
                .ifPresent(given -> given.putInto(context));
        sources.mirrors().of(registry, context).putInto(context);
        sources.nodePull().of(registry).putInto(context);
        gateways.watchedFor(registry, context).putInto(context);
        authorityFollowers(registry, context).putInto(context);
        new KeysOfServer(context.getSecondaryResource(ServerStatus.class)
                        .map(status -> Set.copyOf(status.report().passwordKeys()))
                        .orElse(Set.of()))
                .putInto(context);
        return refusals;
    }

    private static AuthorityFollowers authorityFollowers(Registry registry, Context<Registry> context) {
        return new AuthorityFollowers(
                StatusReport.before(registry)
                        .condition(StatusReport.NODES_CONFIGURED)
                        .filter(condition -> condition.reason().equals(StatusReport.NODES_CONFIGURING))
                        .isPresent(),
                context.getSecondaryResource(ServerStatus.class)
                        .flatMap(status -> status.report().certificate()));
    }

    /**
     * Ends the turn of a Registry whose new server is ready.
     *
     * @return whether the Registry still has its turn, so that it has to be reconciled again soon: other Registries wait for the end of it
     */
    private boolean hasTurn(Registry registry, Observed observed) {
        var id = ResourceID.fromResource(registry);
        if (Readiness.isRolledOut(observed)) {
            turns.end(id);
        }
        return turns.isOf(id);
    }

    private List<Finding> ownConditions(Registry registry, Observed observed, Context<Registry> context) {
        var findings = new ArrayList<Finding>();
        findings.add(PullSecretsCondition.of(registry, context));
        ExposedCondition.of(registry, context).ifPresent(findings::add);
        children.authorityRotating(registry, context).ifPresent(findings::add);
        observed.reported().map(ServerStatus::fullness).ifPresent(findings::add);
        observed.reported()
                .filter(_ -> registry.getSpec().quota() != null)
                .flatMap(ServerStatus::quotaReached)
                .ifPresent(findings::add);
        VolumeExpansion.finding(VolumeExpansion.in(context), observed.volume()).ifPresent(findings::add);
        GivenCertificate.in(context)
                .map(given -> new CertificateCondition(
                        given.review(),
                        RegistryNames.of(registry).address(),
                        RegistryService.clusterIp(registry, context),
                        registry.getSpec().hostnames()))
                .ifPresent(certificate -> findings.add(certificate.at(clock.instant())));
        return findings;
    }

    /** Whether a child failed for another reason than a spec that has to be corrected first. */
    private static boolean troubled(WorkflowReconcileResult workflow) {
        return workflow.getErroredDependents().values().stream()
                .anyMatch(failure -> !(failure instanceof ChildFailure.SpecRefused));
    }

    /** Whether the API server refused as invalid all that failed. Another attempt fails too, until the spec is changed. */
    private static boolean isRefused(WorkflowReconcileResult workflow) {
        return workflow.erroredDependentsExist()
                && workflow.getErroredDependents().values().stream()
                        .allMatch(failure -> failure instanceof ChildFailure.SpecRefused
                                || (failure instanceof KubernetesClientException refusal
                                        && refusal.getCode() == UNPROCESSABLE));
    }

    /** When to reconcile again because of objects that no informer sees, or to rotate passwords; empty if there is no need. */
    private Optional<Duration> looksAgain(Registry registry, Refusals refusals, Context<Registry> context) {
        var rotation = children.rotatesNext(registry, context)
                .map(at -> Duration.between(clock.instant(), at))
                .map(left -> left.compareTo(SOON) < 0 ? SOON : left);
        return Stream.concat(rotation.stream(), looksAtUnwatched(registry, refusals, context).stream())
                .min(Comparator.naturalOrder());
    }

    private static Optional<Duration> looksAtUnwatched(
            Registry registry, Refusals refusals, Context<Registry> context) {
        if (refusals.of(Part.VOLUME).isPresent()
                || refusals.of(Part.CERTIFICATE).isPresent()) {
            return Optional.of(SOON);
        }
        return usesWhatNobodyWatches(registry, context) ? Optional.of(LATER) : Optional.empty();
    }

    private static boolean usesWhatNobodyWatches(Registry registry, Context<Registry> context) {
        var refused = RefusedCopies.in(context);
        return !RegistryInputs.of(registry).isEmpty()
                || VolumeExpansion.in(context).isPresent()
                || GatewayKinds.areMissing(registry, context)
                || !refused.objects().isEmpty()
                || !refused.taken().isEmpty()
                || !refused.accounts().isEmpty()
                || !ServerMirrors.in(context).files().isEmpty();
    }

    /** The outcome of each feature, in order. It is empty for a feature that failed. */
    private List<Optional<Outcome>> outcomes(Registry registry, Context<Registry> context) {
        var outcomes = new ArrayList<Optional<Outcome>>();
        for (var feature : features) {
            try {
                outcomes.add(Optional.of(feature.reconcile(registry, context)));
            } catch (RuntimeException failure) {
                LOG.warn(
                        "{} failed for Registry {}/{}; the operator tries again",
                        feature.getClass().getSimpleName(),
                        registry.getMetadata().getNamespace(),
                        registry.getMetadata().getName(),
                        failure);
                outcomes.add(Optional.empty());
            }
        }
        return outcomes;
    }

    private static UpdateControl<Registry> next(boolean upToDate, Optional<Duration> delay) {
        var update = UpdateControl.<Registry>noUpdate();
        return upToDate ? delay.map(update::rescheduleAfter).orElse(update) : update.reschedule();
    }
}
