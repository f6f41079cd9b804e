package dev.berth.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A certificate and its private key, of an authority or a server. */
public record Identity(X509Certificate certificate, PrivateKey key) {
    private static final byte[] PROBE = {'b', 'e', 'r', 't', 'h'};

    /** Whether the public key of the certificate verifies what the private key signs. */
    boolean belongsTogether() {
        try {
            var signature =
                    Signature.getInstance("RSA".equals(key.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(PROBE);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    public KeyPairPem pem() {
        return new KeyPairPem(Pem.of(certificate), Pem.of(key));
    }

    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
