package dev.berth.operator.tls;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExternalAddresses;
import dev.berth.operator.network.GatewayChild;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The BackendTLSPolicy of a Registry with an HTTPRoute: the Gateway connects to the Service for clients from outside with TLS, and accepts only a
 * certificate that the authority in the ConfigMap of the Registry has signed.
 */
public final class RegistryBackendTlsPolicy extends GatewayChild<BackendTLSPolicy> {
    public RegistryBackendTlsPolicy() {
        super(BackendTLSPolicy.class, Exposure.Route.HTTP);
    }

    @Override
    protected BackendTLSPolicy desired(
            Registry registry, Optional<BackendTLSPolicy> actual, Context<Registry> context) {
        return of(
                RegistryNames.of(registry),
                hostname(registry, GivenCertificate.in(context).map(GivenCertificate::review)));
    }

    static BackendTLSPolicy of(RegistryNames names, String hostname) {
        return new BackendTLSPolicyBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.ingress()))
                .withNewSpec()
                .addNewTargetRef()
                .withGroup("")
                .withKind("Service")
                .withName(names.externalService())
                .endTargetRef()
                .withNewValidation()
                .addNewCaCertificateRef()
                .withGroup("")
                .withKind("ConfigMap")
                .withName(names.authority())
                .endCaCertificateRef()
                .withHostname(hostname)
                .endValidation()
                .endSpec()
                .build();
    }

    /** The name that the Gateway checks the certificate for. A certificate of the user's own may be valid for names outside the cluster only. */
    static String hostname(Registry registry, Optional<CertificateReview> given) {
        var address = RegistryNames.of(registry).address();
        return given.flatMap(certificate -> Stream.concat(
                                Stream.of(address),
                                ExternalAddresses.ownNames(registry.getSpec().hostnames()).stream())
                        .filter(certificate::covers)
                        .findFirst())
                .orElse(address);
    }
}
