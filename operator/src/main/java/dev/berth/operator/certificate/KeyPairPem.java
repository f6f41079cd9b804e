package dev.berth.operator.certificate;

import java.util.Optional;

/**
 * A certificate and its private key as PEM: the two keys of a `kubernetes.io/tls` Secret.
 *
 * @param certificate one certificate, or a chain with the server's own first
 * @param key PKCS #8
 */
public record KeyPairPem(String certificate, String key) {

    /** Reads both. Empty when either isn't what it should be, or when they don't belong together. */
    public Optional<Identity> read() {
        return Pem.certificate(certificate)
                .flatMap(first -> Pem.privateKey(key, first.getPublicKey().getAlgorithm())
                        .map(privateKey -> new Identity(first, privateKey)))
                .filter(Identity::belongsTogether);
    }

    @Override
    public String toString() {
        return "KeyPairPem[certificate=" + certificate + ", key=…]";
    }
}
