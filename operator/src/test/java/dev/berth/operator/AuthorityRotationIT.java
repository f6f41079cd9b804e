package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The certificate authority of a Registry follows another: what clients trust, and which one the server's certificate is of. */
final class AuthorityRotationIT {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void clients_trust_both_authorities_before_the_server_changes_until_it_has_changed()
            throws IOException, GeneralSecurityException {
        try (var server = new ScriptedServer("127.88.0.34")) {
            var scene = Scene.in("authority");
            var other = Scene.in("authority-other");
            other.consentTo("authority");
            scene.applyApps("""
                    storage: {persistentVolumeClaim: {size: 1Gi}}
                    tls: {rotation: {interval: 8760h, overlap: 1m}}
                    pullSecrets: {namespaces: {names: [authority-other]}}
                    """);
            scene.awaitChildren();
            scene.serve("127.88.0.34");
            var before = Scene.text(scene.get(Secret.class, "apps-ca"), "tls.crt");
            var leaf = Scene.text(scene.get(Secret.class, "apps-tls"), "tls.crt");

            scene.annotateApps("berth.dev/rotate-authority", "now");
            var both = trusted(scene.awaitThat(ConfigMap.class, "apps-ca", map -> count(trusted(map)) == 2));
            assertThat(both).startsWith(before);
            assertThat(trusted(other.awaitThat(
                            ConfigMap.class,
                            "apps.authority-ca",
                            map -> trusted(map).equals(both))))
                    .isEqualTo(both);
            assertThat(Scene.text(scene.get(Secret.class, "apps-tls"), "tls.crt"))
                    .as("the server's certificate during the first overlap")
                    .isEqualTo(leaf);
            assertThat(scene.awaitCondition("AuthorityRotating", "True", "Announced")
                            .message())
                    .contains("the server's certificate changes at");

            var next = awaitChanged(scene, leaf);
            assertThat(trusted(scene.get(ConfigMap.class, "apps-ca")))
                    .as("still both")
                    .contains(before)
                    .satisfies(text -> assertThat(count(text)).isEqualTo(2));
            read(next)
                    .verify(read(Scene.text(scene.get(Secret.class, "apps-ca"), "tls.crt"))
                            .getPublicKey());
            scene.awaitCondition("AuthorityRotating", "True", "Retiring");

            server.certificate(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(read(next).getEncoded())));
            Awaitility.await("the end of the second overlap")
                    .atMost(Duration.ofSeconds(130))
                    .until(() -> count(trusted(scene.get(ConfigMap.class, "apps-ca"))) == 1);
            assertThat(trusted(scene.get(ConfigMap.class, "apps-ca")))
                    .isEqualTo(Scene.text(scene.get(Secret.class, "apps-ca"), "tls.crt"));
            scene.awaitThat(
                    Registry.class,
                    "apps",
                    registry -> Scene.condition(registry, "AuthorityRotating").isEmpty());
        }
    }

    private static String awaitChanged(Scene scene, String leaf) {
        Awaitility.await("a certificate of the new authority")
                .atMost(Duration.ofSeconds(100))
                .until(() -> !Scene.text(scene.get(Secret.class, "apps-tls"), "tls.crt")
                        .equals(leaf));
        return Scene.text(scene.get(Secret.class, "apps-tls"), "tls.crt");
    }

    private static String trusted(ConfigMap map) {
        return map.getData().getOrDefault("ca.crt", "");
    }

    private static int count(String certificates) {
        return certificates.split(CERTIFICATE, -1).length - 1;
    }

    private static X509Certificate read(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
}
