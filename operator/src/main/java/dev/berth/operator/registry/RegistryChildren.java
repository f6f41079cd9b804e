package dev.berth.operator.registry;

import dev.berth.operator.cache.KnownTexts;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.operator.pullsecret.UserCredentials;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.dependent.DependentResourceSpec;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResourceFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives the children what they need. The reconciler's table names their classes; the SDK would make them with empty hands,
 * by reflection.
 */
@SuppressWarnings("rawtypes") // as the SDK declares it
public final class RegistryChildren
        implements DependentResourceFactory<ControllerConfiguration<?>, DependentResourceSpec> {

    private final Map<Class<?>, Supplier<DependentResource<?, Registry>>> makers;

    /**
     * The children of every registry.
     *
     * @param operatorNamespace where the operator runs, so that it is let in to servers' management ports
     * @param turns in which servers are replaced after an upgrade
     */
    public RegistryChildren(
            Clock clock,
            SecureRandom random,
            ServerImage image,
            String operatorNamespace,
            CopiesOwner owner,
            UpgradeTurns turns) {
        makers = Map.ofEntries(
                Map.entry(
                        AuthoritySecret.class,
                        () -> new AuthoritySecret(new Authority(clock, random, new KnownTexts()))),
                Map.entry(AuthorityConfigMap.class, () -> new AuthorityConfigMap(clock)),
                Map.entry(RegistryService.class, RegistryService::new),
                Map.entry(ExternalService.class, ExternalService::new),
                Map.entry(
                        CertificateSecret.class,
                        () -> new CertificateSecret(new ServerCertificate(clock, random, new KnownTexts()))),
                Map.entry(UsersSecret.class, () -> new UsersSecret(new UserCredentials(random, new KnownTexts()))),
                Map.entry(PullSecret.class, PullSecret::new),
                Map.entry(PushSecret.class, PushSecret::new),
                Map.entry(PullSecretCopies.class, () -> new PullSecretCopies(owner)),
                Map.entry(AttachedServiceAccounts.class, AttachedServiceAccounts::new),
                Map.entry(ServerConfigMap.class, ServerConfigMap::new),
                Map.entry(MirrorFilesSecret.class, MirrorFilesSecret::new),
                Map.entry(VolumeClaim.class, VolumeClaim::new),
                Map.entry(RegistryNetworkPolicy.class, () -> new RegistryNetworkPolicy(operatorNamespace)),
                Map.entry(RegistryStatefulSet.class, () -> new RegistryStatefulSet(image, turns)),
                Map.entry(ServerRevision.class, ServerRevision::new));
    }

    @Override
    public DependentResource createFrom(DependentResourceSpec spec, ControllerConfiguration<?> configuration) {
        var child = make(spec);
        configure(child, spec, configuration);
        return child;
    }

    @Override
    public Class<?> associatedResourceType(DependentResourceSpec spec) {
        return make(spec).resourceType();
    }

    /** The classes of all children. */
    Set<Class<?>> types() {
        return makers.keySet();
    }

    private DependentResource<?, Registry> make(DependentResourceSpec<?, ?, ?> spec) {
        var maker = makers.get(spec.getDependentResourceClass());
        if (maker == null) {
            throw new IllegalStateException(
                    spec.getDependentResourceClass() + " is in the reconciler's table, and not among its children");
        }
        return maker.get();
    }
}
