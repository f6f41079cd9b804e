package dev.berth.operator.registry;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The certificate that a user brings in `spec.tls.secretRef`. It is read once at the start of a reconciliation: the
 * informers see only what Berth made, and nobody's Secrets besides.
 *
 * @param authority what clients have to trust: `ca.crt` where it is given, else the certificate itself
 */
record GivenCertificate(KeyPairPem pair, String authority) {

    /** Reads the Secret; empty when a key is missing. */
    static Optional<GivenCertificate> read(Secret secret) {
        return TlsSecret.read(secret)
                .map(pair -> new GivenCertificate(
                        pair, SecretText.read(secret, TlsSecret.AUTHORITY).orElse(pair.certificate())));
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(GivenCertificate.class, this);
    }

    static Optional<GivenCertificate> in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().get(GivenCertificate.class, GivenCertificate.class);
    }
}
