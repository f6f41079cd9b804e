package dev.berth.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in the forms that users bring them in. */
final class KeyPairPemTest {
    private final Identity identity =
            new Authority(new SettableClock(), new SecureRandom()).keepOrMake("any", Optional.empty());

    @Test
    void a_key_as_openssl_writes_it_is_read_and_belongs_to_its_certificate() throws IOException {
        var curve = SECObjectIdentifiers.secp256r1;
        var scalar = ((java.security.interfaces.ECPrivateKey) identity.key()).getS();
        var sec1 = pem(new PemObject("EC PARAMETERS", curve.getEncoded()))
                + pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, scalar, curve).getEncoded()));
        assertThat(new KeyPairPem(Pem.of(identity.certificate()), sec1).read()).isPresent();
    }

    @Test
    void a_key_as_cert_manager_writes_it_is_read() throws Exception {
        var key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        var pkcs1 = pem(key);
        assertThat(pkcs1).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pem.privateKey(pkcs1)).hasValue(key);
    }

    @Test
    void a_chain_is_read_by_its_first_certificate() {
        var other = new Authority(new SettableClock(), new SecureRandom()).keepOrMake("other", Optional.empty());
        var chain = Pem.of(identity.certificate()) + Pem.of(other.certificate());
        assertThat(new KeyPairPem(chain, Pem.of(identity.key())).read())
                .map(Identity::certificate)
                .hasValue(identity.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN PRIVATE KEY-----\nnot base64!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            })
    void what_is_no_key_is_none(String text) {
        assertThat(Pem.privateKey(text)).isEmpty();
        assertThat(new KeyPairPem(Pem.of(identity.certificate()), text).read()).isEmpty();
        assertThat(new KeyPairPem(text, Pem.of(identity.key())).read()).isEmpty();
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
