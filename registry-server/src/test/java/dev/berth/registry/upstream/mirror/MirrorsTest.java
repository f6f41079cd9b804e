package dev.berth.registry.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.upstream.limits.MirrorLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MirrorsTest {
    private static final MirrorSettings SETTINGS = MirrorSettings.of("docker.io", URI.create("http://127.0.0.1:1"));

    private final Mirrors mirrors = new Mirrors(_ -> 0, new StoppedClock(), Map.of());

    @AfterEach
    void close() {
        mirrors.close();
    }

    @Test
    void a_mirror_keeps_its_counts_when_only_its_wishes_change() {
        mirrors.reload(List.of(SETTINGS));
        mirrors.all().getFirst().counts().add(MirrorCounts.Result.HIT);

        mirrors.reload(List.of(every(Duration.ofMinutes(5))));

        var mirror = mirrors.all().getFirst();
        assertThat(mirror.settings().interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(mirror.counts().of(MirrorCounts.Result.HIT)).isEqualTo(1);
    }

    @Test
    void a_mirror_of_another_place_begins_anew() {
        mirrors.reload(List.of(SETTINGS));
        mirrors.all().getFirst().counts().add(MirrorCounts.Result.HIT);

        mirrors.reload(List.of(MirrorSettings.of("docker.io", URI.create("http://127.0.0.1:2"))));

        assertThat(mirrors.all().getFirst().counts().of(MirrorCounts.Result.HIT))
                .isZero();
    }

    @Test
    void a_limit_that_is_raised_counts_for_what_is_kept_already() {
        var full = new Mirrors(_ -> 100, new StoppedClock(), Map.of());
        full.reload(List.of(keeping(100)));
        var quota = full.all().getFirst().quota();
        assertThat(quota.isFull()).isTrue();

        full.reload(List.of(keeping(1_000)));

        assertThat(full.all().getFirst().quota()).isSameAs(quota);
        assertThat(quota.isFull()).isFalse();
        full.close();
    }

    private static MirrorSettings keeping(long mostBytes) {
        return new MirrorSettings(
                SETTINGS.upstream(),
                SETTINGS.name(),
                SETTINGS.source(),
                SETTINGS.interval(),
                SETTINGS.paused(),
                SETTINGS.choice(),
                new MirrorLimits(false, OptionalLong.of(mostBytes)));
    }

    private static MirrorSettings every(Duration interval) {
        return new MirrorSettings(
                SETTINGS.upstream(),
                SETTINGS.name(),
                SETTINGS.source(),
                interval,
                SETTINGS.paused(),
                SETTINGS.choice(),
                SETTINGS.limits());
    }
}
