package dev.berth.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Condition.Status;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a Registry's status says of the certificate that its user brings. */
final class CertificateConditionTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Identity AUTHORITY = new Authority(CLOCK, RANDOM).keepOrMake("ours", Optional.empty());
    private static final String ADDRESS = "apps.team-a.svc";
    private static final String CLUSTER_IP = "10.96.62.25";

    private final Instant now = CLOCK.instant();

    @Test
    void a_certificate_for_the_address_and_the_cluster_ip_is_valid() {
        assertThat(condition(ADDRESS, CLUSTER_IP).at(now)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.TRUE);
            assertThat(finding.reason()).isEqualTo("Valid");
            assertThat(finding.message()).startsWith("valid until ").endsWith("for 10.96.62.25, apps.team-a.svc");
        });
    }

    @Test
    void nodes_are_not_sent_to_an_address_or_a_service_that_may_be_another_tenant_s() {
        var names = List.of("10.96.1.1", "apps.team-b.svc", "registry.example.com");
        var review = review("10.96.1.1", "apps.team-b.svc", "registry.example.com");
        assertThat(NodeEndpoint.of(review, CLUSTER_IP, names)).contains("registry.example.com");
        assertThat(NodeEndpoint.of(review, CLUSTER_IP, names.subList(0, 2))).contains(NodeEndpoint.NONE);
    }

    @Test
    void its_time_comes_before_all_else() {
        var condition = condition(ADDRESS, CLUSTER_IP);
        assertThat(condition.at(now.minus(Duration.ofDays(1))).reason()).isEqualTo("CertificateNotYetValid");
        assertThat(condition.at(now.plus(Duration.ofDays(365)))).satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("CertificateExpired");
            assertThat(finding.message()).endsWith("renew it in the Secret that spec.tls.secretRef names");
        });
    }

    @Test
    void a_chain_that_leads_to_another_authority_is_not_trusted() {
        var other = new Authority(CLOCK, RANDOM).keepOrMake("theirs", Optional.empty());
        var review = CertificateReview.of(
                        pem(ADDRESS, CLUSTER_IP), Optional.of(other.pem().certificate()))
                .orElseThrow();
        assertThat(new CertificateCondition(review, ADDRESS, CLUSTER_IP, List.of()).at(now))
                .extracting(Finding::status, Finding::reason)
                .containsExactly(Status.FALSE, "CertificateNotTrusted");
    }

    @Test
    void nodes_need_the_cluster_ip_or_a_hostname_of_the_spec() {
        assertThat(condition(ADDRESS).at(now).message())
                .contains("but nodes connect to 10.96.62.25, so their pulls fail");
        assertThat(new CertificateCondition(
                                review("registry.example.com"), ADDRESS, CLUSTER_IP, List.of("registry.example.com"))
                        .at(now)
                        .status())
                .isEqualTo(Status.TRUE);
    }

    @Test
    void clients_in_the_cluster_need_the_address() {
        assertThat(condition(CLUSTER_IP).at(now)).satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("CertificateNameMissing");
            assertThat(finding.message()).startsWith("the certificate is not valid for apps.team-a.svc");
        });
    }

    private static CertificateCondition condition(String... names) {
        return new CertificateCondition(review(names), ADDRESS, CLUSTER_IP, List.of());
    }

    private static CertificateReview review(String... names) {
        return CertificateReview.of(pem(names), Optional.of(AUTHORITY.pem().certificate()))
                .orElseThrow();
    }

    private static String pem(String... names) {
        return new ServerCertificate(CLOCK, RANDOM)
                .keepOrMake(AUTHORITY, Set.of(names), Optional.empty())
                .pem()
                .certificate();
    }
}
