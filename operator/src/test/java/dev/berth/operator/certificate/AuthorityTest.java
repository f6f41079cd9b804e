package dev.berth.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An authority, for as long as it lives. */
final class AuthorityTest {
    private final SettableClock clock = new SettableClock();
    private final Authority authority = new Authority(clock, new SecureRandom());
    private final Identity first = authority.keepOrMake("Berth registry team-a/apps", Optional.empty());

    @Test
    void it_says_whose_it_is_and_may_sign_servers_and_nothing_below() {
        var certificate = first.certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Berth registry team-a/apps");
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void it_is_kept_byte_for_byte() {
        clock.pass(Duration.ofDays(2000));
        assertThat(again(first.pem()).pem()).isEqualTo(first.pem());
    }

    @Test
    void it_is_renewed_on_its_key_so_that_old_and_new_trust_each_other() throws Exception {
        var server =
                new ServerCertificate(clock, new SecureRandom()).keepOrMake(first, Set.of("apps"), Optional.empty());
        clock.pass(Duration.ofDays(2500));
        var renewed = again(first.pem());
        assertThat(renewed.certificate()).isNotEqualTo(first.certificate());
        assertThat(renewed.key()).isEqualTo(first.key());
        assertThat(renewed.certificate().getSubjectX500Principal())
                .isEqualTo(first.certificate().getSubjectX500Principal());
        assertThatCode(() -> server.certificate().verify(renewed.certificate().getPublicKey()))
                .doesNotThrowAnyException();
    }

    @Test
    void what_is_no_authority_is_replaced() {
        var server =
                new ServerCertificate(clock, new SecureRandom()).keepOrMake(first, Set.of("apps"), Optional.empty());
        assertThat(again(server.pem()).key()).isNotEqualTo(server.key());
        assertThat(again(new KeyPairPem("nonsense", "nonsense")).certificate().getBasicConstraints())
                .isZero();
    }

    @Test
    void a_key_of_another_is_not_believed() {
        var other = authority.keepOrMake("other", Optional.empty());
        var mixed = new KeyPairPem(first.pem().certificate(), other.pem().key());
        assertThat(mixed.read()).isEmpty();
        assertThat(again(mixed).certificate()).isNotEqualTo(first.certificate());
    }

    @Test
    void a_key_never_prints() {
        assertThat(first.pem().toString()).doesNotContain("PRIVATE KEY");
        assertThat(first.toString()).isEqualTo("Identity[CN=Berth registry team-a/apps]");
    }

    private Identity again(KeyPairPem pair) {
        return authority.keepOrMake("Berth registry team-a/apps", Optional.of(pair));
    }
}
