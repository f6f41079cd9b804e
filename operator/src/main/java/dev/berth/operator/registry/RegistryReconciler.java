package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    dependsOn = "authority",
                    useEventSourceWithName = Watches.CONFIG_MAPS),
            @Dependent(type = RegistryService.class, name = "service", useEventSourceWithName = Watches.SERVICES),
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
@ControllerConfiguration(
        name = "registry",
        fieldManager = FieldManager.NAME,
        finalizerName = "berth.dev/registry-elsewhere")
@GradualRetry(maxAttempts = -1, maxInterval = 60_000) // for as long as the API server is away
public final class RegistryReconciler implements Reconciler<Registry>, Cleaner<Registry> {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** No informer watches what a user brings along: it is looked at again every so often. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(RegistryReconciler.class);

    private final Surroundings surroundings;
    private final ServerStatusPoll poll;
    private final MirrorSource mirrors;
    private final List<RegistryFeature> features;
    private final StatusPublisher status;

    /**
     * The reconciler of all registries.
     *
     * @param mirrors which upstreams a registry mirrors
     * @param features what registries have besides their children; each adds a condition
     */
    public RegistryReconciler(
            Clock clock,
            Surroundings surroundings,
            ServerStatusPoll poll,
            MirrorSource mirrors,
            List<RegistryFeature> features) {
        this.surroundings = surroundings;
        this.poll = poll;
        this.mirrors = mirrors;
        this.features = List.copyOf(features);
        this.status = new StatusPublisher(clock);
    }

    @Override
    public List<EventSource<?, Registry>> prepareEventSources(EventSourceContext<Registry> context) {
        var sources = new ArrayList<>(Watches.of(context));
        var pods = Watches.pods(context);
        sources.add(pods);
        sources.add(poll.eventSource(
                context, registry -> pods.get(RegistryNames.of(registry).podId())));
        sources.addAll(mirrors.eventSources(context));
        features.forEach(feature -> sources.addAll(feature.eventSources(context)));
        return sources;
    }

    @Override
    public UpdateControl<Registry> reconcile(Registry registry, Context<Registry> context) {
        var refusal = SpecCheck.refusal(registry, surroundings);
        if (refusal.isPresent()) {
            var unchanged = Observed.of(registry, context);
            return next(status.publish(unchanged, Kstatus.findings(refusal.get()), context), Optional.of(SOON));
        }
        readGivenCertificate(registry, context);
        mirrors.of(registry, context).putInto(context);
        var workflow = context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
        var observed = Observed.of(registry, context).with(Trouble.among(workflow.getErroredDependents()));
        var findings = new ArrayList<>(Kstatus.findings(Readiness.of(observed)));
        findings.add(PullSecretSync.of(registry, context));
        var done = featuresDone(registry, context, findings) && !workflow.erroredDependentsExist();
        var later = registry.getSpec().tls().secretRef() == null ? Optional.<Duration>empty() : Optional.of(LATER);
        return next(status.publish(observed, findings, context), done ? later : Optional.of(SOON));
    }

    /** Something that no child is to blame for, such as an API server that doesn't answer. The SDK tries again. */
    @Override
    public ErrorStatusUpdateControl<Registry> updateErrorStatus(
            Registry registry, Context<Registry> context, Exception failure) {
        var trouble = Trouble.of("Registry", failure);
        var findings = Kstatus.findings(new InProgress(trouble.reason(), trouble.message()));
        status.publish(Observed.of(registry, context), findings, context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    @Override
    public DeleteControl cleanup(Registry registry, Context<Registry> context) {
        features.forEach(feature -> feature.cleanup(registry, context));
        var workflow = context.managedWorkflowAndDependentResourceContext().cleanupManageWorkflow();
        workflow.throwAggregateExceptionIfErrorsPresent();
        return DeleteControl.defaultDelete();
    }

    private void readGivenCertificate(Registry registry, Context<Registry> context) {
        Optional.ofNullable(registry.getSpec().tls().secretRef())
                .flatMap(reference -> surroundings.secret(registry.getMetadata().getNamespace(), reference.name()))
                .flatMap(GivenCertificate::read)
                .ifPresent(given -> given.putInto(context));
    }

    /** Whether all features said how they stand; the condition of one that fails stays as it was. */
    private boolean featuresDone(Registry registry, Context<Registry> context, List<Finding> findings) {
        var all = true;
        for (var feature : features) {
            try {
                findings.add(feature.reconcile(registry, context));
            } catch (KubernetesClientException | IllegalStateException failure) {
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
