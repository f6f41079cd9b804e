package dev.berth.registry;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate, for localhost unless it is said for whom, that vouches for itself, with its key. */
public record IssuedCertificate(X509Certificate certificate, KeyPair keys) {
    private static final GeneralName[] LOCALHOST = {
        new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };

    /** Makes a new one; `serial` tells one from the next. */
    public static IssuedCertificate issue(long serial) throws IOException {
        return issue(serial, Instant.now().plus(Duration.ofDays(1)), LOCALHOST);
    }

    /** One for DNS names and wildcards, and for no address. */
    public static IssuedCertificate issueFor(String... names) throws IOException {
        return issue(
                1,
                Instant.now().plus(Duration.ofDays(1)),
                Stream.of(names)
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new));
    }

    /** One for a Service: its name and its ClusterIP. */
    public static IssuedCertificate issueFor(String name, InetAddress address) throws IOException {
        return issue(1, Instant.now().plus(Duration.ofDays(1)), new GeneralName[] {
            new GeneralName(GeneralName.dNSName, name), new GeneralName(GeneralName.iPAddress, address.getHostAddress())
        });
    }

    /** One that has expired an hour ago. */
    public static IssuedCertificate expired() throws IOException {
        return issue(1, Instant.now().minus(Duration.ofHours(1)), LOCALHOST);
    }

    private static IssuedCertificate issue(long serial, Instant until, GeneralName[] names) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var name = new X500Name("CN=localhost");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial),
                    Date.from(until.minus(Duration.ofDays(1).plusHours(1))),
                    Date.from(until),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new IssuedCertificate(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java can issue such a certificate", e);
        }
    }

    /** Writes `tls.crt` and `tls.key`, as a Secret is mounted. */
    public void write(Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(
                folder.resolve("tls.key"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** What a client needs that trusts this certificate and no other. */
    public SSLContext trust() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("it", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** What a server needs that shows this certificate. */
    public SSLContext identity() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("it", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(String what, byte[] bytes) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
