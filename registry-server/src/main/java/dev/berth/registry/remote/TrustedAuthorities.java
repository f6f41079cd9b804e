package dev.berth.registry.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities that a client trusts.
 *
 * @param fingerprint the same for the same authorities, and different for others
 */
public record TrustedAuthorities(X509ExtendedTrustManager trust, String fingerprint) {
    /** The authorities that Java trusts. */
    public static TrustedAuthorities ofJava() {
        try {
            return new TrustedAuthorities(trusting((KeyStore) null), "Java's own");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java's own authorities can't be read", e);
        }
    }

    /** Reads a PEM file. Throws GeneralSecurityException when it holds no certificate. */
    public static TrustedAuthorities read(Path file) throws IOException, GeneralSecurityException {
        return parse(Files.readAllBytes(file));
    }

    /** Reads the bytes of a PEM file. Throws GeneralSecurityException when they hold no certificate. */
    public static TrustedAuthorities parse(byte[] pem) throws GeneralSecurityException {
        var trusted = keyStore();
        for (var certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            trusted.setCertificateEntry("authority " + trusted.size(), certificate);
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("the file of certificate authorities holds no certificate");
        }
        var digest = MessageDigest.getInstance("SHA-256").digest(pem);
        return new TrustedAuthorities(trusting(trusted), HexFormat.of().formatHex(digest));
    }

    private static KeyStore keyStore() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store is read from nowhere", e);
        }
    }

    /** TLS connections to servers whose certificates these authorities have signed. */
    public SSLContext tls() {
        return tls(trust);
    }

    /** TLS connections to servers that `trust` accepts. */
    public static SSLContext tls(X509ExtendedTrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java speaks TLS", e);
        }
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
}
