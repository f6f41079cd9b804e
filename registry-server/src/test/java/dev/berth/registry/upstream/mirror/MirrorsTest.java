package dev.berth.registry.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MirrorsTest {
    private static final MirrorSettings SETTINGS = MirrorSettings.of("docker.io", URI.create("http://127.0.0.1:1"));

    private final Mirrors mirrors = new Mirrors(new StoppedClock(), Map.of());

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
