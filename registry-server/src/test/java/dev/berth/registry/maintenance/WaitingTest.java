package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.KEEP;
import static dev.berth.registry.maintenance.Tidied.LEASE;
import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.REMOVE;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.AppendUpload;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.catalog.StartUpload;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.reference.Algorithm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user who has just deleted something is told about it. */
final class WaitingTest {
    private final Tidied registry;

    WaitingTest(@TempDir Path folder) {
        registry = new Tidied(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void of_a_registry_where_all_is_needed_nothing_waits() {
        registry.image(WEB, ONE, "config");

        assertThat(waiting(KEEP)).isEqualTo(Waiting.NOTHING);
        assertThat(waiting(REMOVE)).isEqualTo(Waiting.NOTHING);
    }

    @Test
    void the_blobs_of_a_deleted_image_wait_until_their_lease_ends_and_no_longer() {
        var pushed = registry.clock.instant();
        var image = registry.image(WEB, ONE, "config");
        registry.clock.advance(Duration.ofHours(1));
        registry.stores().metadata().manifests().delete(WEB, image);

        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
        assertThat(waiting(KEEP).blobs()).isEqualTo(new Waiting.Part(1, 6, Optional.of(pushed.plus(LEASE))));

        registry.clock.advance(LEASE);
        assertThat(waiting(KEEP).blobs()).as("due now").isEqualTo(Waiting.Part.NONE);
    }

    @Test
    void an_untagged_image_stays_where_the_settings_keep_it() {
        registry.image(WEB, ONE, "config");
        registry.stores().metadata().tags().delete(WEB, ONE);
        registry.collect();

        assertThat(waiting(KEEP).untagged()).isEqualTo(new Waiting.Part(1, 6, Optional.empty()));
        assertThat(waiting(KEEP).endsLater()).isFalse();
    }

    @Test
    void an_untagged_image_waits_from_when_a_collection_has_seen_it_where_the_settings_remove_it() {
        registry.image(WEB, ONE, "config");
        registry.clock.advance(LEASE);
        registry.stores().metadata().tags().delete(WEB, ONE);
        var until = registry.clock.instant().plus(REMOVE.after());

        assertThat(waiting(REMOVE).untagged())
                .as("before a collection has seen it")
                .isEqualTo(new Waiting.Part(1, 6, Optional.of(until)));
        registry.collect(REMOVE);
        registry.clock.advance(Duration.ofHours(1));
        assertThat(waiting(REMOVE).untagged()).isEqualTo(new Waiting.Part(1, 6, Optional.of(until)));

        registry.clock.advance(REMOVE.after());
        assertThat(waiting(REMOVE)).as("due now").isEqualTo(Waiting.NOTHING);
        assertThat(registry.collect(REMOVE).bytes()).isEqualTo(6);
    }

    @Test
    void an_unfinished_upload_waits_until_it_expires() {
        var started = registry.open.pushBlob().start(WEB, "anna", Algorithm.SHA256);
        var upload = ((StartUpload.Started) started).session().id();
        assertThat(waiting(KEEP).uploads()).as("without bytes").isEqualTo(Waiting.Part.NONE);

        try (var writer = ((AppendUpload.Ready) registry.open.pushBlob().append(WEB, upload)).writer()) {
            writer.write(ByteBuffer.wrap(new byte[20_000]));
        }
        var expiry = registry.stores().settings().uploads().expiry();
        var until = registry.clock.instant().plus(expiry);
        assertThat(waiting(KEEP).uploads()).isEqualTo(new Waiting.Part(1, 20_000, Optional.of(until)));

        registry.clock.advance(expiry);
        assertThat(waiting(KEEP).uploads()).as("due now").isEqualTo(Waiting.Part.NONE);
    }

    @Test
    void collecting_what_is_older_than_an_hour_frees_what_waits_for_longer() {
        registry.blob(WEB, "left over");
        registry.clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(olderThanAnHour(KEEP)).isEqualTo(Collected.NOTHING);

        registry.clock.advance(Duration.ofMillis(1));
        assertThat(olderThanAnHour(KEEP)).isEqualTo(new Collected(0, 0, 1, 1, 9, 1));
    }

    @Test
    void collecting_what_is_older_than_an_hour_deletes_no_untagged_image_that_the_settings_keep() {
        registry.image(WEB, ONE, "config");
        registry.stores().metadata().tags().delete(WEB, ONE);
        registry.collect();
        registry.clock.advance(Duration.ofHours(1));

        assertThat(olderThanAnHour(KEEP)).isEqualTo(Collected.NOTHING);
        assertThat(olderThanAnHour(REMOVE)).isEqualTo(new Collected(0, 1, 1, 1, 6, 1));
    }

    @Test
    void collecting_what_is_older_than_a_week_waits_no_longer_than_the_settings_say() {
        registry.blob(WEB, "left over");
        registry.clock.advance(LEASE);

        assertThat(collect(KEEP, Duration.ofDays(7)).blobs()).isEqualTo(1);
    }

    @Test
    void a_push_that_was_told_of_a_blob_before_such_a_collection_uploads_it_again() {
        registry.blob(WEB, "layer");
        registry.clock.advance(Duration.ofHours(1));
        olderThanAnHour(KEEP);

        assertThat(registry.pulls(WEB, Algorithm.SHA256.digestOf(OpenCatalog.bytes("layer"))))
                .isFalse();
        registry.image(WEB, ONE, "layer");
        assertThat(olderThanAnHour(KEEP)).isEqualTo(Collected.NOTHING);
    }

    private Collected olderThanAnHour(UntaggedSettings untagged) {
        return collect(untagged, Duration.ofHours(1));
    }

    private Collected collect(UntaggedSettings untagged, Duration age) {
        var collection = new Collection(registry.stores(), untagged, registry.clock, Pace.FREE, Optional.of(age));
        var said = collection.forecast();
        var done = collection.run(_ -> {});
        assertThat(done).isEqualTo(said);
        return done;
    }

    private Waiting waiting(UntaggedSettings untagged) {
        return Waiting.of(registry.stores(), untagged, registry.clock.instant());
    }
}
