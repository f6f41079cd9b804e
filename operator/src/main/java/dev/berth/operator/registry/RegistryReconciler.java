package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.poll.StatusPoll;
import dev.berth.operator.registry.Refusals.Part;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a registry's children what its spec says, and its status what they are. */
@Workflow(
        explicitInvocation = true,
        handleExceptionsInReconciler = true,
        dependents = {
            @Dependent(type = AuthoritySecret.class, name = "authority", useEventSourceWithName = Watches.SECRETS),
            @Dependent(
                    type = AuthorityConfigMap.class,
                    dependsOn = {"authority", "service"},
                    useEventSourceWithName = Watches.CONFIG_MAPS),
            @Dependent(type = RegistryService.class, name = "service", useEventSourceWithName = Watches.SERVICES),
            @Dependent(type = ExternalService.class, useEventSourceWithName = Watches.SERVICES),
            @Dependent(
                    type = CertificateSecret.class,
                    name = "certificate",
                    dependsOn = {"authority", "service"},
                    useEventSourceWithName = Watches.SECRETS),
            @Dependent(type = UsersSecret.class, name = "users", useEventSourceWithName = Watches.SECRETS),
            @Dependent(type = PullSecret.class, dependsOn = "users", useEventSourceWithName = Watches.SECRETS),
            @Dependent(type = PushSecret.class, dependsOn = "users", useEventSourceWithName = Watches.SECRETS),
            @Dependent(type = PullSecretCopies.class, dependsOn = "users", useEventSourceWithName = Watches.SECRETS),
            @Dependent(type = AttachedServiceAccounts.class),
            @Dependent(type = MirrorFilesSecret.class, name = "mirrors", useEventSourceWithName = Watches.SECRETS),
            @Dependent(
                    type = ServerConfigMap.class,
                    name = "config",
                    dependsOn = "mirrors",
                    useEventSourceWithName = Watches.CONFIG_MAPS),
            @Dependent(type = VolumeClaim.class, name = "volume", useEventSourceWithName = Watches.VOLUMES),
            @Dependent(type = RegistryNetworkPolicy.class, useEventSourceWithName = Watches.NETWORK_POLICIES),
            @Dependent(
                    type = RegistryStatefulSet.class,
                    name = "server",
                    dependsOn = {"certificate", "users", "config", "volume"},
                    useEventSourceWithName = Watches.STATEFUL_SETS),
            @Dependent(type = ServerRevision.class, dependsOn = "server", useEventSourceWithName = Watches.PODS)
        })
@ControllerConfiguration(name = "registry", fieldManager = FieldManager.NAME)
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class RegistryReconciler implements Reconciler<Registry> {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** No informer watches what a user brings along: it is looked at again every so often. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private static final int UNPROCESSABLE = 422;

    private static final Logger log = LoggerFactory.getLogger(RegistryReconciler.class);

    private final Clock clock;
    private final ReferencedObjects referenced;
    private final ManagementPort servers;
    private final MirrorSource mirrors;
    private final PullSecretTrust pullSecretTrust;
    private final UpgradeTurns turns;
    private final List<RegistryFeature> features;
    private final BooleanSupplier leading;
    private final Fence fence;
    private final StatusPublisher status;

    /**
     * The reconciler of all registries.
     *
     * @param mirrors which upstreams a registry mirrors
     * @param pullSecretTrust whose pull secrets go anywhere because an administrator said so
     * @param turns in which servers are replaced after an upgrade of the operator
     * @param features what registries have besides their children; each adds a condition
     * @param leading whether this operator is the one that works, of several
     */
    public RegistryReconciler(
            Clock clock,
            ReferencedObjects referenced,
            ManagementPort servers,
            MirrorSource mirrors,
            PullSecretTrust pullSecretTrust,
            UpgradeTurns turns,
            List<RegistryFeature> features,
            BooleanSupplier leading,
            Fence fence) {
        this.clock = clock;
        this.referenced = referenced;
        this.servers = servers;
        this.mirrors = mirrors;
        this.pullSecretTrust = pullSecretTrust;
        this.turns = turns;
        this.features = List.copyOf(features);
        this.leading = leading;
        this.fence = fence;
        this.status = new StatusPublisher(clock);
    }

    @Override
    public List<EventSource<?, Registry>> prepareEventSources(EventSourceContext<Registry> context) {
        var watches = new Watches(context, leading, fence);
        var sources = new ArrayList<>(watches.all());
        var pods = watches.pods();
        sources.add(pods);
        var question = new ServerStatusPoll(registry -> podOf(registry, pods), servers);
        sources.add(new StatusPoll<>(
                ServerStatus.class, ServerStatusPoll.NAME, context.getPrimaryCache(), question, fence));
        sources.add(turns);
        sources.addAll(mirrors.eventSources(context));
        features.forEach(feature -> sources.addAll(feature.eventSources(context)));
        return sources;
    }

    @Override
    public UpdateControl<Registry> reconcile(Registry registry, Context<Registry> context) {
        var unreadable = registry.specFault();
        if (unreadable.isPresent()) {
            var stalled = new Stalled(RegistryReasons.SPEC_UNREADABLE, unreadable.get());
            return next(
                    status.publish(Observed.of(registry, context), Kstatus.findings(stalled), context),
                    Optional.empty());
        }
        if (PausedRegistry.is(registry)) {
            turns.end(ResourceID.fromResource(registry));
            return next(status.publishPaused(registry, context), Optional.empty());
        }
        var refusals = prepare(registry, context);
        var workflow = context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
        if (!leading.getAsBoolean()) {
            return UpdateControl.noUpdate(); // the operator is ending: what failed because of that is no news
        }
        var observed = Observed.of(registry, context).with(Trouble.among(workflow.getErroredDependents()));
        var hasTurn = hasTurn(registry, observed);
        var findings = new ArrayList<>(
                Kstatus.findings(refusals.first().<Verdict>map(why -> why).orElseGet(() -> Readiness.of(observed))));
        findings.addAll(ownConditions(registry, observed, context));
        var done = featuresDone(registry, context, findings) && !troubled(workflow);
        var again = isRefused(workflow) ? LATER : SOON;
        return next(
                status.publish(observed, findings, context),
                done && !hasTurn ? looksAgain(registry, refusals, context) : Optional.of(done ? SOON : again));
    }

    /** Something that no child is to blame for, such as an API server that doesn't answer. The SDK tries again. */
    @Override
    public ErrorStatusUpdateControl<Registry> updateErrorStatus(
            Registry registry, Context<Registry> context, Exception failure) {
        if (!leading.getAsBoolean()) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        var trouble = Trouble.of("Registry", failure);
        var findings = Kstatus.findings(new InProgress(trouble.reason(), trouble.message()));
        status.publish(Observed.of(registry, context), findings, context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    /** The polls may begin before the informer has. */
    private static Optional<Pod> podOf(Registry registry, InformerEventSource<Pod, Registry> pods) {
        return pods.isRunning() ? pods.get(RegistryNames.of(registry).podId()) : Optional.empty();
    }

    /** Finds out what the children need and no informer of theirs knows. */
    private Refusals prepare(Registry registry, Context<Registry> context) {
        var volume = Siblings.of(registry, context)
                .find(PersistentVolumeClaim.class, RegistryNames.of(registry).volume());
        var refusals = SpecCheck.of(registry, referenced, volume.isPresent());
        refusals.putInto(context);
        pullSecretTrust.putInto(context);
        new RefusedCopies().putInto(context);
        Optional.ofNullable(registry.getSpec().tls().secretRef())
                .flatMap(reference -> referenced.secret(registry.getMetadata().getNamespace(), reference.name()))
                .flatMap(GivenCertificate::read)
                .ifPresent(given -> given.putInto(context));
        mirrors.of(registry, context).putInto(context);
        return refusals;
    }

    /** Ends the turn of a registry whose new server serves. One that still has it is looked at again: others wait for its end. */
    private boolean hasTurn(Registry registry, Observed observed) {
        var id = ResourceID.fromResource(registry);
        if (Readiness.isRolledOut(observed)) {
            turns.end(id);
        }
        return turns.isOf(id);
    }

    private List<Finding> ownConditions(Registry registry, Observed observed, Context<Registry> context) {
        var findings = new ArrayList<Finding>();
        findings.add(PullSecretSync.of(registry, context));
        observed.reported().map(ServerStatus::fullness).ifPresent(findings::add);
        VolumeExpansion.finding(VolumeExpansion.in(context), observed.volume()).ifPresent(findings::add);
        GivenCertificate.in(context)
                .map(given -> new CertificateCondition(
                        given.review(),
                        RegistryNames.of(registry).address(),
                        Siblings.of(registry, context).clusterIp(),
                        registry.getSpec().hostnames()))
                .ifPresent(certificate -> findings.add(certificate.at(clock.instant())));
        return findings;
    }

    /** A child that waits for the spec to be put right is no trouble that another attempt could end. */
    private static boolean troubled(WorkflowReconcileResult workflow) {
        return workflow.getErroredDependents().values().stream().anyMatch(failure -> !(failure instanceof SpecRefused));
    }

    /** Whether all that failed is invalid to the API server: it will be so again, until the spec is another. */
    private static boolean isRefused(WorkflowReconcileResult workflow) {
        return workflow.erroredDependentsExist()
                && workflow.getErroredDependents().values().stream()
                        .allMatch(failure -> failure instanceof SpecRefused
                                || (failure instanceof KubernetesClientException refusal
                                        && refusal.getCode() == UNPROCESSABLE));
    }

    /** When to look again at what no informer watches; empty where there is nothing of the kind. */
    private static Optional<Duration> looksAgain(Registry registry, Refusals refusals, Context<Registry> context) {
        if (refusals.of(Part.VOLUME).isPresent()
                || refusals.of(Part.CERTIFICATE).isPresent()) {
            return Optional.of(SOON);
        }
        return usesWhatNobodyWatches(registry, context) ? Optional.of(LATER) : Optional.empty();
    }

    private static boolean usesWhatNobodyWatches(Registry registry, Context<Registry> context) {
        var refused = RefusedCopies.in(context);
        return registry.getSpec().tls().secretRef() != null
                || VolumeExpansion.in(context).isPresent()
                || !refused.secrets().isEmpty()
                || !refused.taken().isEmpty()
                || !refused.accounts().isEmpty()
                || !ServerMirrors.in(context).files().isEmpty();
    }

    /** Whether all features said how they stand; the condition of one that fails stays as it was. */
    private boolean featuresDone(Registry registry, Context<Registry> context, List<Finding> findings) {
        var all = true;
        for (var feature : features) {
            try {
                findings.add(feature.reconcile(registry, context));
            } catch (RuntimeException failure) {
                log.warn(
                        "{} of registry {} failed and will be tried again",
                        feature,
                        registry.getFullResourceName(),
                        failure);
                all = false;
            }
        }
        return all;
    }

    private static UpdateControl<Registry> next(boolean upToDate, Optional<Duration> delay) {
        var update = UpdateControl.<Registry>noUpdate();
        return upToDate ? delay.map(update::rescheduleAfter).orElse(update) : update.reschedule();
    }
}
