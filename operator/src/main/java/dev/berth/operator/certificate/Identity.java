package dev.berth.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A certificate and the private key that it is about: an authority's, or a server's. */
public record Identity(X509Certificate certificate, PrivateKey key) {

    private static final byte[] PROBE = {'b', 'e', 'r', 't', 'h'};

    /** Whether what the key signs is what the certificate's public key verifies. */
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
