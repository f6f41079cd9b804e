package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.Given.File;
import dev.berth.operator.mirror.Given.Refused;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** A ConfigMap with the certificates that vouch for an upstream. Pure. */
final class UpstreamAuthority {

    static final String KEY = "ca.crt";

    private UpstreamAuthority() {}

    static Given read(String name, Optional<ConfigMap> configMap) {
        if (configMap.isEmpty()) {
            return new Refused(new Stalled(
                    MirrorReasons.AUTHORITY_NOT_FOUND,
                    "there is no ConfigMap " + name
                            + " in this namespace, which spec.upstream.caRef names; make it with"
                            + " kubectl create configmap " + name + " --from-file=" + KEY + "=…"));
        }
        return configMap
                .flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .filter(UpstreamAuthority::holdsCertificates)
                .<Given>map(File::new)
                .orElseGet(() -> new Refused(new Stalled(
                        MirrorReasons.AUTHORITY_INVALID,
                        "the ConfigMap " + name
                                + ", which spec.upstream.caRef names, needs PEM certificates in its key " + KEY)));
    }

    private static boolean holdsCertificates(String pem) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                    .isEmpty();
        } catch (CertificateException malformed) {
            return false;
        }
    }
}
