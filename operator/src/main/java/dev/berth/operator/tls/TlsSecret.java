package dev.berth.operator.tls;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;

/** A Secret of type `kubernetes.io/tls` (Kubernetes documentation, "TLS Secrets"). */
public final class TlsSecret {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String AUTHORITY = "ca.crt";

    private TlsSecret() {}

    /** Both keys as text; empty when one is missing. */
    public static Optional<KeyPairPem> read(Secret secret) {
        return SecretText.read(secret, CERTIFICATE)
                .flatMap(certificate -> SecretText.read(secret, KEY).map(key -> new KeyPairPem(certificate, key)));
    }

    public static Secret of(RegistryNames names, String name, KeyPairPem pair) {
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, name))
                .withType("kubernetes.io/tls")
                .withData(SecretText.encode(Map.of(CERTIFICATE, pair.certificate(), KEY, pair.key())))
                .build();
    }
}
