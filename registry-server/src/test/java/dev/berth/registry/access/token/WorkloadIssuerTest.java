package dev.berth.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.access.ScriptedIssuer;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.token.WorkloadIssuer.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of jobs, signed by an issuer over TLS that this test starts. */
final class WorkloadIssuerTest {
    private static final Set<String> CLAIMS = Set.of("repository", "ref", "ref_protected", "groups");
    private static final Check UNKNOWN = new Check.Unknown();

    @TempDir
    private Path folder;

    private final StoppedClock clock = new StoppedClock();
    private ScriptedIssuer issuer;
    private WorkloadIssuer jobs;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        certificate.write(folder);
        issuer = ScriptedIssuer.start(clock, certificate);
        jobs = open(Optional.of(folder.resolve("tls.crt")));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private WorkloadIssuer open(Optional<Path> authority) {
        return WorkloadIssuer.open(
                new IssuerSettings("github", issuer.url(), ScriptedIssuer.AUDIENCE, authority),
                CLAIMS,
                clock,
                Duration.ofSeconds(2));
    }

    @Test
    void a_job_is_who_its_token_says_with_the_claims_that_rules_name() throws InterruptedException {
        var claims = issuer.job("acme/web", "refs/heads/main");
        claims.put("actor", "ann");
        claims.put("groups", List.of("a", 7, Map.of("not", "a text")));
        assertThat(jobs.check(issuer.signed(claims)))
                .isEqualTo(new Check.Valid(
                        new Caller.Workload(
                                "github",
                                "repo:acme/web:ref:refs/heads/main",
                                Map.of(
                                        "repository", List.of("acme/web"),
                                        "ref", List.of("refs/heads/main"),
                                        "ref_protected", List.of("true"),
                                        "groups", List.of("a", "7"))),
                        clock.instant().plus(Duration.ofHours(1))));
        assertThat(jobs.check(issuer.signed(issuer.job("acme/api", "x")))).isInstanceOf(Check.Valid.class);
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void what_is_wrong_with_a_token_is_said_in_a_sentence() throws InterruptedException, JOSEException {
        var job = issuer.job("acme/web", "refs/heads/main");
        assertThat(refusal(issuer.signed(with(job, "aud", "someone.else"))))
                .isEqualTo("the token of issuer github is for another audience than " + ScriptedIssuer.AUDIENCE);
        assertThat(refusal(issuer.signed(with(job, "exp", clock.instant().getEpochSecond()))))
                .endsWith("has ended");
        assertThat(refusal(issuer.signed(with(job, "exp", "soon")))).endsWith("has ended");
        for (var claim : List.of("nbf", "iat")) {
            assertThat(refusal(issuer.signed(
                            with(job, claim, clock.instant().plusSeconds(61).getEpochSecond()))))
                    .endsWith("is not valid yet");
            assertThat(jobs.check(issuer.signed(
                            with(job, claim, clock.instant().plusSeconds(59).getEpochSecond()))))
                    .as("clocks differ a little")
                    .isInstanceOf(Check.Valid.class);
        }
        assertThat(refusal(issuer.signed(with(job, "sub", "")))).endsWith("has no usable sub");
        assertThat(refusal(issuer.signed(with(job, "sub", "a\nb")))).endsWith("has no usable sub");
        assertThat(refusal(ScriptedIssuer.signed(job, ScriptedIssuer.newKey("first"))))
                .endsWith("is not signed by a key of the issuer");
        assertThat(refusal(new PlainObject(new Payload(job)).serialize()))
                .endsWith("is not signed as tokens of an issuer are");
        var shared = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), new Payload(job));
        shared.sign(new MACSigner(new byte[32]));
        assertThat(refusal(shared.serialize())).endsWith("is not signed as tokens of an issuer are");
    }

    @Test
    void claims_without_end_are_not_kept() throws InterruptedException {
        var job = issuer.job("acme/web", "x".repeat(513));
        assertThat(((Check.Valid) jobs.check(issuer.signed(job))).caller().claims())
                .doesNotContainKey("ref");
        assertThat(refusal(issuer.signed(with(job, "groups", java.util.Collections.nCopies(64, "g".repeat(100))))))
                .endsWith("has more than 4096 characters in the claims that access rules name");
    }

    @Test
    void a_rotated_key_is_found_and_the_old_one_goes() throws InterruptedException {
        var old = issuer.signed(issuer.job("acme/web", "main"));
        assertThat(jobs.check(old)).isInstanceOf(Check.Valid.class);
        issuer.rotate("second");
        clock.advance(Duration.ofSeconds(11));
        assertThat(jobs.check(issuer.signed(issuer.job("acme/web", "main")))).isInstanceOf(Check.Valid.class);
        assertThat(jobs.check(old)).isInstanceOf(Check.Refused.class);
    }

    @Test
    void jobs_that_come_while_the_keys_are_fetched_wait_for_them() throws Exception {
        var token = issuer.signed(issuer.job("acme/web", "main"));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = java.util.stream.IntStream.range(0, 20)
                    .<Future<Check>>mapToObj(_ -> clients.submit(() -> jobs.check(token)))
                    .toList();
            for (var check : checks) {
                assertThat(check.get()).isInstanceOf(Check.Valid.class);
            }
        }
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void an_issuer_that_sends_half_an_answer_is_not_waited_for() throws InterruptedException {
        issuer.stopHalfway();
        var start = System.nanoTime();
        assertThat(jobs.check(issuer.signed(issuer.job("acme/web", "main")))).isEqualTo(UNKNOWN);
        assertThat(jobs.check(issuer.signed(issuer.job("acme/web", "main")))).isEqualTo(UNKNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void an_issuer_whose_certificate_is_not_trusted_is_not_believed() throws InterruptedException {
        assertThat(open(Optional.empty()).check(issuer.signed(issuer.job("acme/web", "main"))))
                .isEqualTo(UNKNOWN);
        assertThat(open(Optional.of(folder.resolve("missing"))).check(issuer.signed(issuer.job("acme/web", "main"))))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void keys_are_not_read_over_plain_http_and_not_of_another_issuer() throws IOException, InterruptedException {
        try (var plain = ScriptedIssuer.start(clock)) {
            issuer.describe("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer.url(), plain.url()));
            assertThat(jobs.check(issuer.signed(issuer.job("acme/web", "main"))))
                    .isEqualTo(UNKNOWN);
            assertThat(plain.fetches()).isZero();
        }
        for (var document : List.of(
                "{\"issuer\":\"https://issuer.example\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer.url()),
                "root:x:0:0",
                "[]",
                "{}")) {
            clock.advance(Duration.ofSeconds(11));
            issuer.describe(document);
            assertThat(jobs.check(issuer.signed(issuer.job("acme/web", "main"))))
                    .as(document)
                    .isEqualTo(UNKNOWN);
        }
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void the_issuer_of_a_token_is_the_one_that_it_names_and_is_for() {
        var other = WorkloadIssuer.open(
                new IssuerSettings("other", issuer.url(), "other.audience", Optional.empty()), Set.of(), clock);
        var all = List.of(other, jobs);
        var token = issuer.signed(issuer.job("acme/web", "main"));
        assertThat(WorkloadIssuer.of(token, all)).contains(jobs);
        assertThat(WorkloadIssuer.of(issuer.signed(with(issuer.job("acme/web", "main"), "aud", "none")), all))
                .contains(other);
        var stranger = with(issuer.job("acme/web", "main"), "iss", "https://issuer.example");
        assertThat(WorkloadIssuer.of(issuer.signed(stranger), all)).isEmpty();
        for (var text : List.of("", "secret", "eyJ", "eyJ.eyJ.x", "eyJhbGciOiJIUzI1NiJ9.e30.x")) {
            assertThat(WorkloadIssuer.of(text, all)).as(text).isEmpty();
        }
        assertThat(issuer.fetches()).isZero();
    }

    private String refusal(String token) throws InterruptedException {
        return ((Check.Refused) jobs.check(token)).why();
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        var copy = new java.util.HashMap<>(claims);
        copy.put(name, value);
        return copy;
    }
}
