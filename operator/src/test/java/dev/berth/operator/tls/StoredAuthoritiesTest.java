package dev.berth.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.certificate.Authorities;
import dev.berth.operator.certificate.Authorities.Announced;
import dev.berth.operator.certificate.Authorities.Phase;
import dev.berth.operator.certificate.Authorities.Retiring;
import dev.berth.operator.certificate.Authorities.Settled;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.naming.RegistryNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The Secret with the authorities: what is written is read again, and what somebody damaged does no harm. */
final class StoredAuthoritiesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final RegistryNames NAMES = RegistryNames.of(Expected.registry());

    private final Authority authority = new Authority(Clock.fixed(NOON, ZoneOffset.UTC), new SecureRandom());
    private final Identity first = authority.make("first");
    private final Identity second = authority.make("second");

    @Test
    void at_rest_it_is_a_tls_secret_and_nothing_else() {
        var secret = stored(new Settled(), "");
        assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.getMetadata().getName()).isEqualTo("apps-ca");
        assertThat(secret.getMetadata().getNamespace()).isEqualTo("team-a");
        assertThat(secret.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "berth");
        assertThat(secret.getMetadata().getAnnotations()).isEmpty();
        assertThat(secret.getData()).containsOnlyKeys("tls.crt", "tls.key");
        assertThat(TlsSecret.read(secret)).contains(first.pem());
    }

    @Test
    void a_rotation_is_read_as_it_was_written() {
        var announced = stored(new Announced(second, NOON), "1");
        assertThat(announced.getData()).containsOnlyKeys("tls.crt", "tls.key", "next.crt", "next.key");
        assertThat(phase(announced)).isEqualTo(new Announced(second, NOON));
        assertThat(StoredAuthorities.request(announced)).isEqualTo("1");

        var retiring = stored(new Retiring(second.certificate(), NOON), "1");
        assertThat(retiring.getData()).containsOnlyKeys("tls.crt", "tls.key", "previous.crt");
        assertThat(phase(retiring)).isEqualTo(new Retiring(second.certificate(), NOON));
        assertThat(phase(stored(new Settled(), ""))).isEqualTo(new Settled());
    }

    @Test
    void what_somebody_made_unreadable_counts_as_not_there() {
        var announced = stored(new Announced(second, NOON), "1");
        assertThat(phase(with(announced, "next.key", "bm9uc2Vuc2U="))).isEqualTo(new Settled());
        assertThat(phase(with(
                        announced,
                        "next.crt",
                        Objects.requireNonNull(announced.getData().get("tls.crt")))))
                .as("the certificate of another key")
                .isEqualTo(new Settled());
        var retiring = stored(new Retiring(second.certificate(), NOON), "1");
        assertThat(phase(with(retiring, "previous.crt", "bm9uc2Vuc2U="))).isEqualTo(new Settled());
    }

    @Test
    void an_unreadable_time_counts_as_now_so_that_the_whole_overlap_passes() {
        var announced = new SecretBuilder(stored(new Announced(second, NOON), "1"))
                .editMetadata()
                .addToAnnotations(StoredAuthorities.SINCE, "yesterday")
                .endMetadata()
                .build();
        assertThat(phase(announced)).isEqualTo(new Announced(second, LATER));
    }

    private Secret stored(Phase phase, String request) {
        return StoredAuthorities.of(NAMES, new Authorities(first, phase, request));
    }

    private Phase phase(Secret secret) {
        return StoredAuthorities.phase(secret, authority, LATER);
    }

    private static Secret with(Secret secret, String key, String value) {
        return new SecretBuilder(secret).addToData(Map.of(key, value)).build();
    }
}
