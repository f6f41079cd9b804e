package dev.berth.registry.node.runtime;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;

/**
 * The certificate authorities of a registry, as PEM. The certificates are encoded again, so that anything else in the text, such as a private
 * key by mistake, never reaches the disk of a node.
 */
public record CertificateBundle(String pem) {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    public CertificateBundle {
        pem = canonical(pem);
    }

    private static String canonical(String pem) {
        var text = new StringBuilder();
        try {
            for (var certificate : certificates(pem)) {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(BASE64.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (CertificateException e) {
            throw new InvalidHost(beginningOf(pem), "a list of PEM certificates");
        }
        if (text.isEmpty()) {
            throw new InvalidHost(beginningOf(pem), "a list of PEM certificates");
        }
        return text.toString();
    }

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The first line, which identifies the text and holds no bytes of a key. */
    private static String beginningOf(String pem) {
        return pem.lines()
                .findFirst()
                .map(line -> line.length() > 40 ? line.substring(0, 40) + "…" : line)
                .orElse("");
    }
}
