package dev.berth.operator.registry;

import dev.berth.operator.certificate.KeyPairPem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;

/** A Secret of type `kubernetes.io/tls` (Kubernetes documentation, "TLS Secrets"). */
final class TlsSecret {

    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String AUTHORITY = "ca.crt";

    private TlsSecret() {}

    /** Both keys as text; empty when one is missing. */
    static Optional<KeyPairPem> read(Secret secret) {
        return SecretText.read(secret, CERTIFICATE)
                .flatMap(certificate -> SecretText.read(secret, KEY).map(key -> new KeyPairPem(certificate, key)));
    }

    static Secret of(RegistryNames names, String name, KeyPairPem pair) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(SecretText.encode(Map.of(CERTIFICATE, pair.certificate(), KEY, pair.key())))
                .build();
    }
}
