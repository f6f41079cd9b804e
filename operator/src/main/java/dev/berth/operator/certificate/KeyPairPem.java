package dev.berth.operator.certificate;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * A certificate and its private key as PEM: the two keys of a `kubernetes.io/tls` Secret.
 *
 * @param certificate one certificate, or a chain with the server's own first
 * @param key unencrypted; PKCS #8 if Berth made it
 */
public record KeyPairPem(String certificate, String key) {
    /** Reads both; empty if one cannot be read or if they do not belong together. */
    public Optional<Identity> read() {
        return read((text, check) -> check.getAsBoolean());
    }

    /**
     * Reads both, as {@link #read()} does.
     *
     * @param known remembers texts that have passed a check
     */
    Optional<Identity> read(BiPredicate<String, BooleanSupplier> known) {
        return Pem.certificate(certificate)
                .flatMap(first -> Pem.privateKey(key).map(privateKey -> new Identity(first, privateKey)))
                .filter(identity -> known.test(certificate + key, identity::belongsTogether));
    }

    @Override
    public String toString() {
        return "KeyPairPem[certificate=" + certificate + ", key=…]";
    }
}
