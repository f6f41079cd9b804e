package dev.berth.registry.upstream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostTrustTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "registry_mirror, registry_mirror, true",
        "Registry_Mirror, registry_MIRROR, true",
        "cdn_1.example.org, *.example.org, true",
        "a.b_c.example, *.b_c.example, true",
        "registry_mirror, registry-mirror, false",
        "registry_mirror, *, false",
        "registry_mirror, *_mirror, false",
        "cdn_1.example, *.example, false",
        "a.cdn_1.example.org, *.example.org, false",
        "cdn_1.example.org, cdn_*.example.org, false",
        "cdn_1.example.org, example.org, false",
        "_.example.org, *.other.org, false",
    })
    void a_certificate_is_for_the_hosts_that_it_names(String host, String name, boolean isFor) throws Exception {
        assertThat(isTrusted(host, IssuedCertificate.issueFor(name))).isEqualTo(isFor);
    }

    /** Java accepts the common name if a certificate has no other name; in these certificates it is localhost. */
    @Test
    void neither_the_common_name_nor_an_address_is_a_name() throws Exception {
        assertThat(isTrusted("127.0.0.1", IssuedCertificate.issue(1))).isFalse();
        assertThat(isTrusted("localhost", IssuedCertificate.issueFor("registry_mirror")))
                .isFalse();
    }

    @Test
    void a_certificate_of_the_right_name_is_refused_if_no_authority_vouches_for_it() throws Exception {
        var trust = trusting("registry_mirror", IssuedCertificate.issueFor("registry_mirror"));
        var stranger = chain(IssuedCertificate.issueFor("registry_mirror"));
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> trust.checkServerTrusted(stranger, "ECDHE_ECDSA"));
    }

    private boolean isTrusted(String host, IssuedCertificate certificate) throws Exception {
        try {
            trusting(host, certificate).checkServerTrusted(chain(certificate), "ECDHE_ECDSA");
            return true;
        } catch (CertificateException e) {
            assertThat(e).hasMessageContaining("not for " + host);
            return false;
        }
    }

    private HostTrust trusting(String host, IssuedCertificate certificate)
            throws IOException, GeneralSecurityException {
        certificate.write(folder);
        return new HostTrust(
                host, TrustedAuthorities.read(folder.resolve("tls.crt")).trust());
    }

    private static X509Certificate[] chain(IssuedCertificate certificate) {
        return new X509Certificate[] {certificate.certificate()};
    }
}
