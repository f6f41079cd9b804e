package dev.berth.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.IssuedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustedAuthoritiesTest {
    @TempDir
    private Path folder;

    @Test
    void each_certificate_of_a_pem_file_is_trusted() throws Exception {
        var one = pem(IssuedCertificate.issue(1));
        var both = one + pem(IssuedCertificate.issue(2));

        assertThat(TrustedAuthorities.parse(one.getBytes(StandardCharsets.US_ASCII))
                        .trust()
                        .getAcceptedIssuers())
                .hasSize(1);
        assertThat(TrustedAuthorities.parse(both.getBytes(StandardCharsets.US_ASCII))
                        .trust()
                        .getAcceptedIssuers())
                .hasSize(2);
    }

    @Test
    void other_authorities_have_another_fingerprint() throws Exception {
        var file = folder.resolve("tls.crt");
        pem(IssuedCertificate.issue(1));
        var first = TrustedAuthorities.read(file);

        assertThat(TrustedAuthorities.read(file).fingerprint()).isEqualTo(first.fingerprint());
        pem(IssuedCertificate.issue(2));
        assertThat(TrustedAuthorities.read(file).fingerprint())
                .isNotEqualTo(first.fingerprint())
                .isNotEqualTo(TrustedAuthorities.ofJava().fingerprint());
    }

    @Test
    void a_file_without_certificates_is_refused() {
        for (var text :
                new String[] {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}) {
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> TrustedAuthorities.parse(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private String pem(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        certificate.write(folder);
        return Files.readString(folder.resolve("tls.crt"));
    }
}
