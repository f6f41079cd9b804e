package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.MirrorInputs.Input.File;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** Reads the ConfigMap with the certificate authority of an upstream. Pure. */
final class UpstreamAuthority {
    static final String KEY = "ca.crt";

    private UpstreamAuthority() {}

    static MirrorInputs.Input read(String name, Optional<ConfigMap> configMap) {
        if (configMap.isEmpty()) {
            return new Refused(new InProgress(
                    MirrorReasons.AUTHORITY_NOT_FOUND,
                    "the ConfigMap " + name
                            + " that spec.upstream.caRef names does not exist in this namespace; create it with:"
                            + " kubectl create configmap " + name + " --from-file=" + KEY + "=…"));
        }
        return configMap
                .flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .filter(UpstreamAuthority::holdsCertificates)
                .<MirrorInputs.Input>map(File::new)
                .orElseGet(() -> new Refused(new Stalled(
                        MirrorReasons.AUTHORITY_INVALID,
                        "the ConfigMap " + name + " that spec.upstream.caRef names needs PEM certificates in its key "
                                + KEY)));
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
