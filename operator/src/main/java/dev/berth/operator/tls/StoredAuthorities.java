package dev.berth.operator.tls;

import dev.berth.operator.certificate.Authorities;
import dev.berth.operator.certificate.Authorities.Announced;
import dev.berth.operator.certificate.Authorities.Phase;
import dev.berth.operator.certificate.Authorities.Retiring;
import dev.berth.operator.certificate.Authorities.Settled;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.certificate.Pem;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The authorities of a Registry as a Secret of type `kubernetes.io/tls`: `tls.crt` and `tls.key` are the signing one. During a rotation there are
 * `next.crt` and `next.key`, or `previous.crt`, and annotations tell which request it follows and since when.
 */
final class StoredAuthorities {
    static final String NEXT_CERTIFICATE = "next.crt";
    static final String NEXT_KEY = "next.key";
    static final String PREVIOUS_CERTIFICATE = "previous.crt";
    static final String REQUEST = "berth.dev/authority-request";
    static final String SINCE = "berth.dev/authority-phase-since";

    private StoredAuthorities() {}

    /** Reads how far a rotation is. What somebody has made unreadable counts as not there, and an unreadable time as now. */
    static Phase phase(Secret secret, Authority authority, Instant now) {
        var next = SecretText.read(secret, NEXT_CERTIFICATE)
                .flatMap(certificate -> SecretText.read(secret, NEXT_KEY).map(key -> new KeyPairPem(certificate, key)))
                .flatMap(authority::read)
                .<Phase>map(identity -> new Announced(identity, since(secret, now)));
        return next.or(() -> SecretText.read(secret, PREVIOUS_CERTIFICATE)
                        .flatMap(Pem::certificate)
                        .map(previous -> new Retiring(previous, since(secret, now))))
                .orElseGet(Settled::new);
    }

    /** Reads the last request that was acted on. */
    static String request(Secret secret) {
        return annotation(secret, REQUEST).orElse("");
    }

    static Secret of(RegistryNames names, Authorities authorities) {
        var data = new TreeMap<>(Map.of(
                TlsSecret.CERTIFICATE, authorities.signing().pem().certificate(),
                TlsSecret.KEY, authorities.signing().pem().key()));
        var annotations = new TreeMap<String, String>();
        if (!authorities.request().isEmpty()) {
            annotations.put(REQUEST, authorities.request());
        }
        switch (authorities.phase()) {
            case Settled() -> {}
            case Announced(var next, var since) -> {
                data.put(NEXT_CERTIFICATE, next.pem().certificate());
                data.put(NEXT_KEY, next.pem().key());
                annotations.put(SINCE, since.toString());
            }
            case Retiring(var previous, var since) -> {
                data.put(PREVIOUS_CERTIFICATE, Pem.of(previous));
                annotations.put(SINCE, since.toString());
            }
        }
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.authority(), annotations))
                .withType("kubernetes.io/tls")
                .withData(SecretText.encode(data))
                .build();
    }

    private static Instant since(Secret secret, Instant now) {
        try {
            return annotation(secret, SINCE).map(Instant::parse).orElse(now);
        } catch (DateTimeException unreadable) {
            return now;
        }
    }

    private static Optional<String> annotation(Secret secret, String name) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations()).map(all -> all.get(name));
    }
}
