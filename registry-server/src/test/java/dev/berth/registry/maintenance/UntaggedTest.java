package dev.berth.registry.maintenance;

import static dev.berth.registry.maintenance.Tidied.KEEP;
import static dev.berth.registry.maintenance.Tidied.LEASE;
import static dev.berth.registry.maintenance.Tidied.ONE;
import static dev.berth.registry.maintenance.Tidied.REMOVE;
import static dev.berth.registry.maintenance.Tidied.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Digest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy for manifests that nothing names. */
final class UntaggedTest {
    private final Tidied registry;

    UntaggedTest(@TempDir Path folder) {
        registry = new Tidied(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void they_are_kept_unless_somebody_says_otherwise() {
        var image = untaggedImage("config");
        registry.collect(KEEP);
        registry.clock.advance(Duration.ofDays(400));

        assertThat(registry.collect(KEEP).manifests()).isZero();
        assertThat(registry.has(WEB, image)).isTrue();
    }

    @Test
    void they_go_with_their_blobs_after_the_grace_counted_from_when_it_was_seen() {
        var image = untaggedImage("config");
        registry.clock.advance(LEASE);
        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);
        registry.clock.advance(REMOVE.after().minusMillis(1));
        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);
        registry.clock.advance(Duration.ofMillis(1));

        assertThat(registry.collect(REMOVE)).isEqualTo(new Collected(0, 1, 1, 1, 6, 1));
        assertThat(registry.has(WEB, image)).isFalse();
    }

    @Test
    void a_tag_keeps_and_taking_it_away_starts_the_grace() {
        registry.image(WEB, ONE, "config");
        assertThat(afterGrace()).isEqualTo(Collected.NOTHING);
        registry.stores().metadata().tags().delete(WEB, ONE);
        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);

        assertThat(afterGrace().manifests()).isEqualTo(1);
    }

    @Test
    void a_tag_that_moves_leaves_an_untagged_manifest_behind() {
        var first = registry.image(WEB, ONE, "first");
        var second = registry.image(WEB, ONE, "second");

        assertThat(afterGrace().manifests()).isEqualTo(1);
        assertThat(registry.has(WEB, first)).isFalse();
        assertThat(registry.has(WEB, second)).isTrue();
    }

    @Test
    void one_that_is_tagged_again_stays() {
        var json = ManifestJson.image(registry.blob(WEB, "config"));
        registry.untagged(WEB, json);
        registry.collect(REMOVE);
        registry.clock.advance(REMOVE.after());
        registry.put(WEB, ONE, json);

        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);
    }

    @Test
    void one_that_is_pushed_again_has_its_grace_anew() {
        var json = ManifestJson.image(registry.blob(WEB, "config"));
        registry.untagged(WEB, json);
        registry.collect(REMOVE);
        registry.clock.advance(REMOVE.after());
        registry.untagged(WEB, json);

        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);
    }

    @Test
    void what_an_index_lists_stays_with_it_and_goes_after_it() {
        var child = untaggedImage("config");
        var index = registry.put(WEB, ONE, ManifestJson.index(child));
        assertThat(afterGrace()).isEqualTo(Collected.NOTHING);
        registry.stores().metadata().tags().delete(WEB, ONE);

        assertThat(afterGrace().manifests()).isEqualTo(1);
        assertThat(registry.has(WEB, index)).isFalse();
        assertThat(registry.has(WEB, child)).isTrue();

        assertThat(afterGrace().manifests()).isEqualTo(1);
        assertThat(registry.has(WEB, child)).isFalse();
    }

    @Test
    void a_referrer_stays_with_its_subject_and_goes_after_it() {
        var subject = registry.image(WEB, ONE, "config");
        var referrer = registry.untagged(WEB, registry.referrer(subject, "signature"));
        assertThat(afterGrace()).isEqualTo(Collected.NOTHING);
        registry.stores().metadata().manifests().delete(WEB, subject);

        assertThat(afterGrace().manifests()).isEqualTo(1);
        assertThat(registry.has(WEB, referrer)).isFalse();
    }

    @Test
    void a_referrer_may_come_before_its_subject_by_as_much_as_the_grace() {
        var image = ManifestJson.image(registry.blob(WEB, "config"));
        var referrer = registry.untagged(WEB, registry.referrer(Tidied.digest(image), "signature"));
        registry.collect(REMOVE);
        registry.clock.advance(REMOVE.after());
        registry.put(WEB, ONE, image);

        assertThat(registry.collect(REMOVE)).isEqualTo(Collected.NOTHING);
        assertThat(registry.has(WEB, referrer)).isTrue();
    }

    @Test
    void one_with_a_tag_of_its_own_stays_without_its_subject() {
        var subject = registry.image(WEB, new dev.berth.registry.reference.Tag("image"), "config");
        var referrer = registry.put(WEB, ONE, registry.referrer(subject, "signature"));
        registry.stores().metadata().manifests().delete(WEB, subject);

        assertThat(afterGrace().manifests()).isZero();
        assertThat(registry.has(WEB, referrer)).isTrue();
    }

    /** Looks, waits for the grace, and collects. */
    private Collected afterGrace() {
        registry.collect(REMOVE);
        registry.clock.advance(REMOVE.after());
        return registry.collect(REMOVE);
    }

    private Digest untaggedImage(String config) {
        return registry.untagged(WEB, ManifestJson.image(registry.blob(WEB, config)));
    }
}
