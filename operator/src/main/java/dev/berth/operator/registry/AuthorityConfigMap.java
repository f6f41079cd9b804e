package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/** The ConfigMap with what clients have to trust: the certificate of the authority, and no key. */
public final class AuthorityConfigMap extends RegistryChild<ConfigMap> {

    public AuthorityConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected ConfigMap desired(Registry registry, Optional<ConfigMap> actual, Context<Registry> context) {
        var trusted = GivenCertificate.in(context)
                .map(GivenCertificate::authority)
                .orElseGet(
                        () -> Siblings.of(registry, context).authority().pem().certificate());
        return of(RegistryNames.of(registry), trusted);
    }

    static ConfigMap of(RegistryNames names, String certificates) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(names.authority())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withData(Map.of(TlsSecret.AUTHORITY, certificates))
                .build();
    }
}
