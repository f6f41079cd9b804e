package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.PushManifest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ManifestRoomTest {
    private static final Optional<Long> LARGE = Optional.of((long) PushManifest.LIMIT_BYTES);

    @Test
    void a_large_manifest_waits_until_another_has_left() throws InterruptedException {
        var room = new ManifestRoom(PushManifest.LIMIT_BYTES);
        var first = room.take(LARGE).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = CompletableFuture.supplyAsync(() -> take(room, LARGE), threads);
            assertThat(take(room, Optional.of(65_536L))).as("a small one").isTrue();
            assertThat(second).isNotDone();
            first.close();
            Awaitility.await("room for the second").until(second::isDone);
            assertThat(second.join()).isTrue();
        }
    }

    @Test
    void of_unknown_length_is_as_if_it_were_the_longest() throws InterruptedException {
        var room = new ManifestRoom(2 * PushManifest.LIMIT_BYTES);
        assertThat(room.take(Optional.empty())).isPresent();
        assertThat(room.take(LARGE)).isPresent();
        assertThat(take(room, Optional.of(1L))).isTrue();
    }

    private static boolean take(ManifestRoom room, Optional<Long> length) {
        try {
            return room.take(length).isPresent();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
