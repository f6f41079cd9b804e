package dev.berth.registry.http.port;

import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.settings.InvalidSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;

/** A certificate with its chain and its private key, read from PEM files and checked to belong together. */
public final class ServerCertificate {
    private static final Duration SOON = Duration.ofDays(3);

    private final PemKeyCertOptions pem;
    private final X509Certificate certificate;

    private ServerCertificate(PemKeyCertOptions pem, X509Certificate certificate) {
        this.pem = pem;
        this.certificate = certificate;
    }

    /**
     * Reads PEM text (PKCS#8, PKCS#1 or SEC 1 keys).
     *
     * @throws InvalidSettings when it isn't PEM, or the key is another certificate's
     */
    public static ServerCertificate parse(ServerThreads threads, TlsSettings settings, byte[] certificate, byte[] key) {
        var pem =
                new PemKeyCertOptions().setCertValue(Buffer.buffer(certificate)).setKeyValue(Buffer.buffer(key));
        var manager = keyManager(threads.vertx(), settings, pem);
        var alias = Arrays.stream(new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA"})
                .map(type -> manager.getServerAliases(type, null))
                .filter(aliases -> aliases != null && aliases.length > 0)
                .map(aliases -> aliases[0])
                .findFirst()
                .orElseThrow(() -> unreadable(settings, new GeneralSecurityException("there is no key in it")));
        var first = manager.getCertificateChain(alias)[0];
        if (!belongTogether(manager.getPrivateKey(alias), first)) {
            throw new InvalidSettings("The key in " + settings.key() + " isn't the one of the certificate in "
                    + settings.certificate() + "; give the pair that was issued together.");
        }
        return new ServerCertificate(pem, first);
    }

    /** Why clients refuse the certificate now or soon; empty when they do not. */
    public Optional<String> warning(Instant now) {
        var from = certificate.getNotBefore().toInstant();
        var until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return Optional.of(
                    "The TLS certificate has expired at " + until + ": clients refuse it. Renew the files of `tls`.");
        }
        if (now.isBefore(from)) {
            return Optional.of("The TLS certificate is not valid before " + from + ": clients refuse it.");
        }
        return now.plus(SOON).isAfter(until)
                ? Optional.of("The TLS certificate expires soon, at " + until + ". Renew the files of `tls`.")
                : Optional.empty();
    }

    /** Its SHA-256 fingerprint in lower-case hexadecimal digits. */
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    PemKeyCertOptions pem() {
        return pem;
    }

    /** Describes the certificate for people: its subject and how long it is valid. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    private static X509KeyManager keyManager(Vertx vertx, TlsSettings settings, PemKeyCertOptions pem) {
        try {
            var factory = pem.getKeyManagerFactory(vertx);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (Exception e) { // whatever its parser throws, the files are at fault
            throw unreadable(settings, e);
        }
    }

    private static InvalidSettings unreadable(TlsSettings settings, Exception cause) {
        return new InvalidSettings(
                "The TLS files " + settings.certificate() + " and " + settings.key()
                        + " aren't a PEM certificate and its unencrypted PEM key (" + cause.getMessage() + ").",
                cause);
    }

    /** Whether the certificate verifies what the key signs, for every kind of key. */
    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        var algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        var text = new byte[] {1, 2, 3};
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text);
            var signed = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of different kinds don't get as far as a signature
        }
    }
}
