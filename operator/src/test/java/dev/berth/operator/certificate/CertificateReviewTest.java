package dev.berth.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients will say of a certificate. */
final class CertificateReviewTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Identity AUTHORITY = new Authority(CLOCK, RANDOM).keepOrMake("ours", Optional.empty());
    private static final Identity STRANGER = new Authority(CLOCK, RANDOM).keepOrMake("theirs", Optional.empty());
    private static final KeyPairPem SERVER = new ServerCertificate(CLOCK, RANDOM)
            .keepOrMake(AUTHORITY, Set.of("apps.team-a.svc", "*.example.com", "10.96.62.25"), Optional.empty())
            .pem();

    @ParameterizedTest
    @CsvSource({
        "apps.team-a.svc, true",
        "APPS.team-a.svc, true",
        "10.96.62.25, true",
        "10.96.62.26, false",
        "registry.example.com, true",
        "a.registry.example.com, false",
        "example.com, false",
        "apps.team-b.svc, false"
    })
    void a_name_is_covered_as_clients_would_have_it(String dialed, boolean covered) {
        assertThat(review(SERVER.certificate(), Optional.empty()).covers(dialed))
                .isEqualTo(covered);
    }

    @Test
    void a_chain_is_trusted_by_its_own_authority_and_by_no_other() {
        var now = Instant.now();
        assertThat(review(SERVER.certificate(), Optional.of(AUTHORITY.pem().certificate()))
                        .isTrusted(now))
                .isTrue();
        assertThat(review(SERVER.certificate(), Optional.of(STRANGER.pem().certificate()))
                        .isTrusted(now))
                .isFalse();
    }

    @Test
    void a_whole_chain_without_an_authority_is_trusted_by_its_end() {
        var chain = SERVER.certificate() + AUTHORITY.pem().certificate();
        var review = review(chain, Optional.empty());
        assertThat(review.isTrusted(Instant.now())).isTrue();
        assertThat(review.trusted()).isEqualTo(AUTHORITY.pem().certificate());
        assertThat(review.isPublic(Instant.now())).isFalse();
    }

    @Test
    void a_self_signed_certificate_vouches_for_itself() {
        var review = review(AUTHORITY.pem().certificate(), Optional.empty());
        assertThat(review.isTrusted(Instant.now())).isTrue();
        assertThat(review.trusted()).isEqualTo(AUTHORITY.pem().certificate());
    }

    @Test
    void out_of_its_time_a_chain_is_not_trusted() {
        var review = review(SERVER.certificate(), Optional.of(AUTHORITY.pem().certificate()));
        assertThat(review.isTrusted(review.notAfter().plus(Duration.ofDays(1)))).isFalse();
        assertThat(review.isTrusted(review.notBefore().minus(Duration.ofDays(1))))
                .isFalse();
    }

    @Test
    void what_is_no_certificate_is_none() {
        assertThat(CertificateReview.of("not yet", Optional.empty())).isEmpty();
    }

    private static CertificateReview review(String chain, Optional<String> authorities) {
        return CertificateReview.of(chain, authorities).orElseThrow();
    }
}
