package dev.berth.operator.registry;

import dev.berth.operator.cache.KnownTexts;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.operator.child.ChildWatches;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExternalService;
import dev.berth.operator.network.RegistryHttpRoute;
import dev.berth.operator.network.RegistryIngress;
import dev.berth.operator.network.RegistryNetworkPolicy;
import dev.berth.operator.network.RegistryService;
import dev.berth.operator.network.RegistryTlsRoute;
import dev.berth.operator.pullsecret.AttachedServiceAccounts;
import dev.berth.operator.pullsecret.AuthorityCopies;
import dev.berth.operator.pullsecret.CopiesOwner;
import dev.berth.operator.pullsecret.DockerConfigSecret;
import dev.berth.operator.pullsecret.PullSecretCopies;
import dev.berth.operator.pullsecret.UserCredentials;
import dev.berth.operator.pullsecret.UsersSecret;
import dev.berth.operator.server.MirrorFilesSecret;
import dev.berth.operator.server.RegistryStatefulSet;
import dev.berth.operator.server.ServerConfigMap;
import dev.berth.operator.server.ServerImage;
import dev.berth.operator.server.ServerRevision;
import dev.berth.operator.server.UpgradeTurns;
import dev.berth.operator.server.VolumeClaim;
import dev.berth.operator.tls.AuthorityConfigMap;
import dev.berth.operator.tls.AuthoritySecret;
import dev.berth.operator.tls.CertificateSecret;
import dev.berth.operator.tls.RegistryBackendTlsPolicy;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The children of a Registry. The constructor is their table: each child, what it is made with, and the children that have to be applied
 * before it. Informers and names follow from the table.
 */
public final class RegistryChildren {
    private final List<DependentResource<?, Registry>> children = new ArrayList<>();
    private final WorkflowBuilder<Registry> table = new WorkflowBuilder<>();
    private final Workflow<Registry> workflow;
    private final UpgradeTurns turns;
    private final UsersSecret users;
    private final AuthoritySecret authorities;

    /**
     * The children of all Registries of a cluster.
     *
     * @param operatorNamespace the operator's own namespace, from which it reads the management ports of servers
     * @param owner of copies of the pull secret in other namespaces
     */
    public RegistryChildren(
            Clock clock, SecureRandom random, ServerImage image, String operatorNamespace, CopiesOwner owner) {
        turns = new UpgradeTurns(clock);

        authorities = new AuthoritySecret(new Authority(clock, random, new KnownTexts()), clock);
        var authority = add(authorities);
        var service = add(new RegistryService());
        var trusted = add(new AuthorityConfigMap(clock), authority, service);
        var external = add(new ExternalService());
        var certificate =
                add(new CertificateSecret(new ServerCertificate(clock, random, new KnownTexts())), authority, service);
        add(new RegistryIngress(), external, certificate);
        add(new RegistryHttpRoute(), external);
        add(new RegistryTlsRoute(), external, certificate);
        add(new RegistryBackendTlsPolicy(), external, trusted);
        users = new UsersSecret(new UserCredentials(random, new KnownTexts()), random, clock);
        var credentials = add(users);
        add(DockerConfigSecret.forPull(), credentials);
        add(DockerConfigSecret.forPush(), credentials);
        add(new PullSecretCopies(owner), credentials);
        add(new AuthorityCopies(owner), trusted);
        add(new AttachedServiceAccounts());
        var mirrors = add(new MirrorFilesSecret());
        var configuration = add(new ServerConfigMap(), mirrors);
        var volume = add(new VolumeClaim());
        add(new RegistryNetworkPolicy(operatorNamespace));
        var server = add(new RegistryStatefulSet(image, turns), certificate, credentials, configuration, volume);
        add(new ServerRevision(), server);

        workflow = table.withThrowExceptionFurther(false).build();
    }

    @SuppressWarnings("rawtypes") // as the SDK declares it
    private DependentResource<?, Registry> add(DependentResource<?, Registry> child, DependentResource... dependsOn) {
        children.add(child);
        table.addDependentResourceAndConfigure(child).dependsOn(Set.of(dependsOn));
        return child;
    }

    /** The order in which servers are replaced after an upgrade of the operator. */
    UpgradeTurns turns() {
        return turns;
    }

    /** When generated passwords or the authority change next by themselves; empty if nothing is planned. */
    Optional<Instant> rotatesNext(Registry registry, Context<Registry> context) {
        return Stream.concat(users.next(registry, context).stream(), authorities.next(registry, context).stream())
                .min(Comparator.naturalOrder());
    }

    /** The condition that reports a rotation of the authority; empty if there is none. */
    Optional<Finding> authorityRotating(Registry registry, Context<Registry> context) {
        return authorities.finding(registry, context);
    }

    /** Applies what differs from the desired state. A failure of one child is in the result and stops only those that depend on it. */
    WorkflowReconcileResult reconcile(Registry registry, Context<Registry> context) {
        return workflow.reconcile(registry, context);
    }

    /** The informers of all children. */
    record Informers(
            InformerEventSource<Secret, Registry> secrets,
            InformerEventSource<ConfigMap, Registry> configMaps,
            InformerEventSource<Pod, Registry> pods,
            List<EventSource<?, Registry>> others) {
        Stream<EventSource<?, Registry>> all() {
            return Stream.concat(Stream.of(secrets, configMaps, pods), others.stream());
        }
    }

    /** One informer for each kind of child. */
    Informers informers(EventSourceContext<Registry> context, Fence fence) {
        return new Informers(
                informer(Secret.class, context, fence),
                informer(ConfigMap.class, context, fence),
                informer(Pod.class, context, fence),
                List.of(
                        informer(Service.class, context, fence),
                        informer(PersistentVolumeClaim.class, context, fence),
                        informer(StatefulSet.class, context, fence),
                        informer(NetworkPolicy.class, context, fence),
                        informer(Ingress.class, context, fence)));
    }

    /** The informers of the kinds of the Gateway API, which not every cluster has. */
    GatewayInformers gatewayInformers(Fence fence) {
        return new GatewayInformers((kind, context) -> informer(kind, context, fence));
    }

    @SuppressWarnings("unchecked") // a child's informer is of the child's type
    private <R extends HasMetadata> InformerEventSource<R, Registry> informer(
            Class<R> type, EventSourceContext<Registry> context, Fence fence) {
        var informer = ChildWatches.of(type, names(type), context, fence);
        children.stream()
                .filter(child -> child.resourceType().equals(type))
                .filter(KubernetesDependentResource.class::isInstance)
                .forEach(child -> ((KubernetesDependentResource<R, Registry>) child).setEventSource(informer));
        return informer;
    }

    /** The names of a Registry's children of one kind. Its only Pod is made by the StatefulSet. */
    List<Function<RegistryNames, String>> names(Class<? extends HasMetadata> type) {
        return type.equals(Pod.class)
                ? List.of(RegistryNames::pod)
                : children.stream()
                        .filter(child -> child.resourceType().equals(type))
                        .filter(RegistryChild.class::isInstance)
                        .<Function<RegistryNames, String>>map(child -> ((RegistryChild<?>) child)::nameAmong)
                        .toList();
    }
}
