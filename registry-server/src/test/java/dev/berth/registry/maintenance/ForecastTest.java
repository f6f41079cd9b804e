package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.KEEP;
import static dev.berth.registry.maintenance.Tidied.LEASE;
import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.OTHER;
import static dev.berth.registry.maintenance.Tidied.REMOVE;
import static dev.berth.registry.maintenance.Tidied.TWO;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to go is what goes. */
final class ForecastTest {
    private final Tidied registry;

    ForecastTest(@TempDir Path folder) {
        registry = new Tidied(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void of_a_registry_where_all_is_needed_nothing_goes() {
        registry.image(WEB, ONE, "config");
        registry.clock.advance(LEASE);

        assertThat(forecast(REMOVE)).isEqualTo(Collected.NOTHING);
    }

    @Test
    void it_changes_nothing() {
        registry.blob(WEB, "left over");
        registry.clock.advance(LEASE);

        assertThat(forecast(KEEP)).isEqualTo(new Collected(0, 0, 1, 1, 9, 1)).isEqualTo(forecast(KEEP));
        assertThat(registry.pulls(WEB, Tidied.digest("left over"))).isTrue();
    }

    @Test
    void whatever_was_done_before_what_is_said_to_go_is_what_goes() {
        for (int seed = 0; seed < 25; seed++) {
            liveFor(new Random(seed));
            for (var policy : new UntaggedSettings[] {KEEP, REMOVE}) {
                var said = forecast(policy);
                assertThat(registry.collect(policy))
                        .as("seed %d, %s", seed, policy)
                        .isEqualTo(said);
            }
        }
    }

    /** Pushes, moves tags, deletes, and lets time pass and collections run in between. */
    private void liveFor(Random random) {
        for (int step = 0; step < 25; step++) {
            var repository = random.nextBoolean() ? WEB : OTHER;
            var tag = random.nextBoolean() ? ONE : TWO;
            var config = "config " + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 -> registry.blob(repository, config);
                case 1 -> registry.image(repository, tag, config);
                case 2 -> registry.untagged(repository, ManifestJson.image(registry.blob(repository, config)));
                case 3 ->
                    registry.put(
                            repository, tag, ManifestJson.index(registry.image(repository, new Tag("child"), config)));
                case 4 -> registry.stores().metadata().tags().delete(repository, tag);
                case 5 ->
                    registry.stores()
                            .metadata()
                            .manifests()
                            .find(repository, tag)
                            .ifPresent(manifest ->
                                    registry.stores().metadata().manifests().delete(repository, manifest.digest()));
                case 6 -> DeleteBlob.of(registry.stores()).delete(repository, Tidied.digest(config));
                default -> registry.open.pushBlob().start(repository, "", Algorithm.SHA256);
            }
            if (random.nextInt(5) == 0) {
                registry.clock.advance(LEASE.dividedBy(3));
                registry.collect(random.nextBoolean() ? KEEP : REMOVE);
            }
        }
        // Undated ones would be dated by the run itself, which may make it see them a moment later.
        registry.collect(KEEP);
        registry.clock.advance(LEASE.dividedBy(1 + random.nextInt(4)));
    }

    private Collected forecast(UntaggedSettings untagged) {
        return new Collection(registry.stores(), untagged, registry.clock, Pace.FREE).forecast();
    }
}
