package dev.berth.operator.network;

import dev.berth.operator.child.OptionalChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Ingress of a Registry with exposure Ingress. The controller ends TLS with the server's own certificate and connects to the server by
 * {@link ExternalService}. When the exposure ends, the Ingress is deleted.
 */
public final class RegistryIngress extends OptionalChild<Ingress> {
    public RegistryIngress() {
        super(Ingress.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.ingress();
    }

    @Override
    protected boolean isWanted(Registry registry) {
        return registry.getSpec().exposure().type() == Exposure.Type.INGRESS;
    }

    @Override
    protected Ingress desired(Registry registry, Optional<Ingress> actual, Context<Registry> context) {
        return of(registry);
    }

    static Ingress of(Registry registry) {
        var names = RegistryNames.of(registry);
        var spec = registry.getSpec();
        var given = spec.tls().secretRef();
        return new IngressBuilder()
                .withMetadata(RegistryLabels.metadata(
                        names, names.ingress(), spec.exposure().annotations()))
                .withNewSpec()
                .withIngressClassName(spec.exposure().ingressClassName())
                .addNewTl()
                .withHosts(spec.hostnames())
                .withSecretName(given == null ? names.certificate() : given.name())
                .endTl()
                .withRules(spec.hostnames().stream()
                        .map(hostname -> rule(hostname, names.externalService()))
                        .toList())
                .endSpec()
                .build();
    }

    /** All paths of the host: clients send their requests to `/v2/` and `/token`. */
    private static IngressRule rule(String hostname, String service) {
        return new IngressRuleBuilder()
                .withHost(hostname)
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(service)
                .withNewPort()
                .withNumber(443)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .build();
    }
}
