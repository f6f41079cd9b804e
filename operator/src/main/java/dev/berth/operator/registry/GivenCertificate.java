package dev.berth.operator.registry;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The certificate that a user brought, in the Secret that `spec.tls.secretRef` names. Read once at the start of a
 * reconciliation: informers see only what Berth made, and nobody's Secrets besides.
 */
record GivenCertificate(KeyPairPem pair, CertificateReview review) {

    /** Reads the Secret; empty when a key is missing, or when certificate and private key do not belong together. */
    static Optional<GivenCertificate> read(Secret secret) {
        return TlsSecret.read(secret)
                .filter(pair -> pair.read().isPresent())
                .flatMap(pair -> CertificateReview.of(pair.certificate(), SecretText.read(secret, TlsSecret.AUTHORITY))
                        .map(review -> new GivenCertificate(pair, review)));
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(GivenCertificate.class, this);
    }

    static Optional<GivenCertificate> in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().get(GivenCertificate.class, GivenCertificate.class);
    }
}
