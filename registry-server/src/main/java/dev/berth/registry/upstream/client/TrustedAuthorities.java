package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.FileProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Certificates to trust, and what tells these from others. */
record TrustedAuthorities(X509ExtendedTrustManager trust, String fingerprint) {
    /** Those that Java trusts. */
    static TrustedAuthorities ofJava() {
        try {
            return new TrustedAuthorities(trusting((KeyStore) null), "Java's own");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java's own authorities can't be read", e);
        }
    }

    /** Throws {@link UpstreamException} when the file isn't there, or holds none. */
    static TrustedAuthorities read(Path file) {
        try {
            var pem = Files.readAllBytes(file);
            return new TrustedAuthorities(
                    trusting(pem),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(pem)));
        } catch (IOException e) {
            throw unusable(file + " can't be read (" + FileProblem.of(e) + ")");
        } catch (GeneralSecurityException e) {
            throw unusable(file + " holds no certificates in PEM form");
        }
    }

    private static X509ExtendedTrustManager trusting(byte[] pem) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (var certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            trusted.setCertificateEntry("authority " + trusted.size(), certificate);
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("no certificate");
        }
        return trusting(trusted);
    }

    private static X509ExtendedTrustManager trusting(@Nullable KeyStore trusted) throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        for (var manager : managers.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("this Java checks no certificates of servers");
    }

    private static UpstreamException unusable(String sentence) {
        return new UpstreamException(new UpstreamFailure.CredentialsUnreadable(sentence));
    }
}
