package dev.berth.registry.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateBundleTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IHNlY3JldA==\n-----END PRIVATE KEY-----\n";

    @Test
    void certificates_come_out_as_they_went_in() {
        assertThat(new CertificateBundle(Authorities.FIRST + Authorities.SECOND).pem())
                .isEqualTo(Authorities.FIRST + Authorities.SECOND);
    }

    @Test
    void line_ends_and_remarks_make_no_difference() {
        var dressed = "# from the vault\r\n" + Authorities.FIRST.replace("\n", "\r\n");
        assertThat(new CertificateBundle(dressed)).isEqualTo(new CertificateBundle(Authorities.FIRST));
    }

    @Test
    void a_private_key_among_them_never_reaches_a_disk_or_a_message() {
        assertThatThrownBy(() -> new CertificateBundle(Authorities.FIRST + KEY))
                .isInstanceOf(InvalidHost.class)
                .hasMessageNotContaining("c2Vj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void what_is_no_certificate_is_refused(String text) {
        assertThatThrownBy(() -> new CertificateBundle(text))
                .isInstanceOf(InvalidHost.class)
                .hasMessageContaining("PEM certificates");
    }
}
