package dev.berth.operator.tls;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The user's certificate from the Secret that `spec.tls.secretRef` names. It is read at the start of each
 * reconciliation, since no informer watches Secrets that Berth did not make.
 */
public record GivenCertificate(KeyPairPem pair, CertificateReview review) {
    /** Reads the Secret; empty when a key is missing, or when certificate and private key do not belong together. */
    public static Optional<GivenCertificate> read(Secret secret) {
        return TlsSecret.read(secret)
                .filter(pair -> pair.read().isPresent())
                .flatMap(pair -> CertificateReview.of(pair.certificate(), SecretText.read(secret, TlsSecret.AUTHORITY))
                        .map(review -> new GivenCertificate(pair, review)));
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(GivenCertificate.class, this);
    }

    public static Optional<GivenCertificate> in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().get(GivenCertificate.class, GivenCertificate.class);
    }
}
