package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.certificate.ServerCertificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A certificate as a user brings it: signed by an authority of the user's own, in a Secret of type kubernetes.io/tls. */
record Certificates(Secret secret) {
    static Certificates forNames(String name, String... names) {
        var random = new SecureRandom();
        var authority = new Authority(Clock.systemUTC(), random).keepOrMake("an authority of ours", Optional.empty());
        var pair = new ServerCertificate(Clock.systemUTC(), random)
                .keepOrMake(authority, Set.of(names), Optional.empty())
                .pem();
        return new Certificates(new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(Map.of(
                        "tls.crt", base64(pair.certificate()),
                        "tls.key", base64(pair.key()),
                        "ca.crt", base64(authority.pem().certificate())))
                .build());
    }

    void putInto(Scene scene) {
        ApiServer.running()
                .admin()
                .resource(secret)
                .inNamespace(scene.namespace())
                .create();
    }

    /** The names that the certificate in a Secret is valid for. */
    static Set<String> namesIn(Secret secret) {
        return CertificateReview.of(Scene.text(secret, "tls.crt"), Optional.empty())
                .map(CertificateReview::names)
                .orElse(Set.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
