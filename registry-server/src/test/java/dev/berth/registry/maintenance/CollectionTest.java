package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.LEASE;
import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.OTHER;
import static dev.berth.registry.maintenance.Tidied.TWO;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.reference.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionTest {
    private final Tidied registry;

    CollectionTest(@TempDir Path folder) {
        registry = new Tidied(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void what_a_manifest_names_stays() {
        registry.image(WEB, ONE, "config");

        assertThat(registry.collectLater()).isEqualTo(Collected.NOTHING);

        assertThat(registry.pulls(WEB, Tidied.digest("config"))).isTrue();
    }

    @Test
    void a_blob_that_no_manifest_came_to_name_goes_when_its_lease_is_over_and_so_does_its_repository() {
        var blob = registry.blob(WEB, "never named");
        registry.clock.advance(LEASE.minusMillis(1));
        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
        assertThat(registry.pulls(WEB, blob)).isTrue();

        registry.clock.advance(Duration.ofMillis(1));
        assertThat(registry.collect()).isEqualTo(new Collected(0, 0, 1, 1, 11, 1));

        assertThat(registry.pulls(WEB, blob)).isFalse();
        assertThat(registry.open.files("blobs")).isEmpty();
        assertThat(registry.stores().metadata().totals().read().blobBytes()).isZero();
        assertThat(registry.stores().metadata().repositories().exists(WEB)).isFalse();
    }

    @Test
    void what_a_deleted_image_had_goes_at_once_when_its_lease_is_over() {
        var image = registry.image(WEB, ONE, "config");
        registry.collectLater();
        registry.stores().metadata().manifests().delete(WEB, image);

        assertThat(registry.collect()).isEqualTo(new Collected(0, 0, 1, 1, 6, 1));
    }

    @Test
    void what_a_deleted_image_had_stays_while_its_lease_runs() {
        var image = registry.image(WEB, ONE, "config");
        registry.stores().metadata().manifests().delete(WEB, image);

        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
        assertThat(registry.pulls(WEB, Tidied.digest("config"))).isTrue();
    }

    @Test
    void what_two_images_share_stays_for_the_other() {
        var first = registry.image(WEB, ONE, "config");
        registry.put(WEB, TWO, noted(Tidied.digest("config")));
        registry.collectLater();
        registry.stores().metadata().manifests().delete(WEB, first);

        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
        assertThat(registry.pulls(WEB, Tidied.digest("config"))).isTrue();
    }

    @Test
    void a_blob_leaves_one_repository_and_stays_in_another() {
        var image = registry.image(WEB, ONE, "config");
        registry.image(OTHER, ONE, "config");
        registry.collectLater();
        registry.stores().metadata().manifests().delete(WEB, image);

        assertThat(registry.collect()).isEqualTo(new Collected(0, 0, 1, 0, 0, 1));

        assertThat(registry.pulls(WEB, Tidied.digest("config"))).isFalse();
        assertThat(registry.pulls(OTHER, Tidied.digest("config"))).isTrue();
    }

    @Test
    void being_told_that_a_blob_exists_keeps_it_for_another_lease() {
        var blob = registry.blob(WEB, "config");
        registry.clock.advance(LEASE);
        assertThat(PullBlob.of(registry.stores()).findAndLease(WEB, blob)).isPresent();

        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
        assertThat(registry.collectLater().blobs()).isEqualTo(1);
    }

    @Test
    void a_mounted_blob_outlives_where_it_came_from() {
        var blob = registry.blob(WEB, "config");
        registry.clock.advance(LEASE.dividedBy(2));
        MountBlob.of(registry.stores()).mount(OTHER, blob, WEB);
        registry.clock.advance(LEASE.dividedBy(2));

        assertThat(registry.collect()).isEqualTo(new Collected(0, 0, 1, 0, 0, 1));
        assertThat(registry.pulls(OTHER, blob)).isTrue();
    }

    @Test
    void a_blob_that_was_deleted_goes_with_its_lease_though_a_manifest_still_names_it() {
        registry.image(WEB, ONE, "a secret");
        DeleteBlob.of(registry.stores()).delete(WEB, Tidied.digest("a secret"));

        assertThat(registry.collect().blobs()).isEqualTo(1);
        assertThat(registry.open.files("blobs")).isEmpty();

        registry.blob(WEB, "a secret");
        assertThat(registry.collectLater()).isEqualTo(Collected.NOTHING);
    }

    @Test
    void pushed_again_after_it_went_a_blob_is_there() {
        var blob = registry.blob(WEB, "config");
        registry.collectLater();
        registry.blob(WEB, "config");

        assertThat(registry.pulls(WEB, blob)).isTrue();
        assertThat(registry.collect()).isEqualTo(Collected.NOTHING);
    }

    @Test
    void uploads_that_nobody_goes_on_with_go() {
        registry.open.pushBlob().start(WEB, "anna", Algorithm.SHA256);

        assertThat(registry.collectLater().uploads()).isEqualTo(1);
    }

    @Test
    void much_goes_in_small_steps_and_each_is_told() {
        for (int i = 0; i < 320; i++) {
            registry.blob(WEB, "blob " + i);
        }
        registry.clock.advance(LEASE);
        var told = new ArrayList<Collected>();
        var all = new Collection(registry.stores(), Tidied.KEEP, registry.clock, Pace.FREE).run(told::add);

        assertThat(all.blobs()).isEqualTo(320);
        assertThat(told).hasSizeGreaterThan(3).last().isEqualTo(all);
        assertThat(registry.open.files("blobs")).isEmpty();
    }

    @Test
    void told_to_end_it_ends_after_a_step_and_the_next_run_does_the_rest() {
        for (int i = 0; i < 120; i++) {
            registry.blob(WEB, "blob " + i);
        }
        registry.clock.advance(LEASE);

        var some = new Collection(registry.stores(), Tidied.KEEP, registry.clock, _ -> false).run(_ -> {});

        assertThat(some.blobs()).isBetween(1L, 119L);
        assertThat(registry.open.files("blobs")).as("rows go first").hasSize(120);
        assertThat(registry.collect().blobs()).isEqualTo(120 - some.blobs());
        assertThat(registry.open.files("blobs")).isEmpty();
    }

    private static String noted(dev.berth.registry.reference.Digest config) {
        return dev.berth.registry.manifest.ManifestJson.with(
                dev.berth.registry.manifest.ManifestJson.image(config), "\"annotations\": {\"a\": \"b\"}");
    }
}
