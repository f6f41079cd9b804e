package dev.berth.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A server's certificate: kept while it does, issued again when it doesn't. */
final class ServerCertificateTest {
    private static final Set<String> NAMES =
            Set.of("apps.team-a.svc", "localhost", "127.0.0.1", "10.96.62.25", "fd00::7");

    private final SettableClock clock = new SettableClock();
    private final SecureRandom random = new SecureRandom();
    private final Identity authority = new Authority(clock, random).keepOrMake("authority", Optional.empty());
    private final ServerCertificate certificate = new ServerCertificate(clock, random);
    private final Identity first = certificate.keepOrMake(authority, NAMES, Optional.empty());

    @Test
    void it_is_about_all_names_and_addresses_and_signed_by_the_authority() {
        assertThat(ServerCertificate.namesOf(first.certificate()))
                .containsExactlyInAnyOrder(
                        "apps.team-a.svc", "localhost", "127.0.0.1", "10.96.62.25", "fd00:0:0:0:0:0:0:7");
        assertThatCode(() -> first.certificate().verify(authority.certificate().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(first.certificate().getIssuerX500Principal())
                .isEqualTo(authority.certificate().getSubjectX500Principal());
    }

    @Test
    void it_is_kept_byte_for_byte_for_two_thirds_of_its_time() {
        clock.pass(Duration.ofDays(59));
        assertThat(again(authority, NAMES).pem()).isEqualTo(first.pem());
        clock.pass(Duration.ofDays(2));
        assertThat(again(authority, NAMES).certificate()).isNotEqualTo(first.certificate());
    }

    @Test
    void it_is_valid_for_clocks_that_are_a_little_late() {
        assertThat(first.certificate().getNotBefore()).isBefore(clock.instant().minusSeconds(240));
    }

    @Test
    void another_name_another_certificate() {
        assertThat(again(authority, Set.of("apps.team-a.svc")).certificate()).isNotEqualTo(first.certificate());
    }

    @Test
    void another_authority_another_certificate() {
        var other = new Authority(clock, random).keepOrMake("authority", Optional.empty());
        assertThat(again(other, NAMES).certificate()).isNotEqualTo(first.certificate());
    }

    private Identity again(Identity authority, Set<String> names) {
        return certificate.keepOrMake(authority, names, Optional.of(first.pem()));
    }
}
