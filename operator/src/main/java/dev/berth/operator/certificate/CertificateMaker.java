package dev.berth.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys on P-256 and certificates that they sign (RFC 5280). */
final class CertificateMaker {
    private final SecureRandom random;

    CertificateMaker(SecureRandom random) {
        this.random = random;
    }

    Identity authority(String name, Validity validity) {
        var keys = newKeys();
        return authority(new X500Principal("CN=" + name), keys.getPublic(), keys.getPrivate(), validity);
    }

    /** Makes a new certificate for this authority: its name and key stay, its validity changes. */
    Identity renewedAuthority(Identity old, Validity validity) {
        var certificate = old.certificate();
        return authority(certificate.getSubjectX500Principal(), certificate.getPublicKey(), old.key(), validity);
    }

    /**
     * A server's certificate. Clients check only the alternative names (RFC 6125), so the subject is the same for
     * all; a name of more than 64 characters would not fit into it.
     */
    Identity server(Identity authority, Set<String> names, Validity validity) {
        var keys = newKeys();
        var issuer = authority.certificate().getSubjectX500Principal();
        var builder = builder(issuer, new X500Principal("CN=Berth registry"), keys.getPublic(), validity);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(
                                    authority.certificate().getPublicKey()));
        } catch (CertIOException | GeneralSecurityException broken) {
            throw new CertificateTrouble("no certificate for " + names, broken);
        }
        return new Identity(sign(builder, authority.key()), keys.getPrivate());
    }

    private Identity authority(X500Principal name, PublicKey publicKey, PrivateKey key, Validity validity) {
        var builder = builder(name, name, publicKey, validity);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
        } catch (CertIOException | GeneralSecurityException broken) {
            throw new CertificateTrouble("no authority named " + name, broken);
        }
        return new Identity(sign(builder, key), key);
    }

    private X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).setBit(126),
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                key);
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException broken) {
            throw new CertificateTrouble("a certificate could not be signed", broken);
        }
    }

    private KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new CertificateTrouble("no key on P-256", broken);
        }
    }

    private static GeneralNames alternativeNames(Set<String> names) {
        return new GeneralNames(new TreeSet<>(names)
                .stream()
                        .map(ServerName::parse)
                        .map(name -> new GeneralName(
                                name.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
                        .toArray(GeneralName[]::new));
    }
}
