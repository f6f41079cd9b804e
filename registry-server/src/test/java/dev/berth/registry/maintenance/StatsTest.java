package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.LEASE;
import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.OTHER;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.repository.RepositorySize;
import dev.berth.registry.reference.Algorithm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatsTest {
    private final Tidied registry;

    StatsTest(@TempDir Path folder) {
        registry = new Tidied(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void it_counts_each_blob_once_and_for_each_repository_that_has_it() {
        registry.image(WEB, ONE, "config");
        registry.image(OTHER, ONE, "config");
        registry.blob(OTHER, "left over");
        registry.open.pushBlob().start(WEB, "anna", Algorithm.SHA256);
        registry.clock.advance(LEASE);

        var stats = stats(5);

        assertThat(stats.repositories()).isEqualTo(2);
        assertThat(stats.blobBytes()).isEqualTo(15);
        assertThat(stats.uploads()).isEqualTo(1);
        assertThat(stats.collectable()).isEqualTo(new Collected(1, 0, 1, 1, 9, 0));
        assertThat(stats.largest())
                .containsExactly(new RepositorySize("team/other", 1, 1, 15), new RepositorySize("team/web", 1, 1, 6));
        assertThat(stats(1).largest()).hasSize(1);
    }

    @Test
    void an_empty_registry_has_nothing() {
        assertThat(stats(5).largest()).isEmpty();
        assertThat(stats(5).capacityBytes()).isPositive();
    }

    @Test
    void it_is_the_same_after_it_was_json() {
        registry.image(WEB, ONE, "config");
        registry.blob(WEB, "left over");

        var stats = stats(5);

        assertThat(stats.waiting().blobs().until()).isPresent();
        assertThat(JsonRecords.read(JsonRecords.tree(JsonRecords.text(stats)), Stats.class))
                .isEqualTo(stats);
    }

    private Stats stats(int repositories) {
        var forecast = new Collection(registry.stores(), Tidied.KEEP, registry.clock, Pace.FREE).forecast();
        var waiting = Waiting.of(registry.stores(), Tidied.KEEP, registry.clock.instant());
        return Stats.of(registry.stores(), forecast, waiting, repositories);
    }
}
