package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.maintenance.Waiting;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.WrittenVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `collect` and `stats` say after an image was deleted. */
final class CollectOutputTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");

    @TempDir
    private Path folder;

    private Digest image;

    @BeforeEach
    void fill() {
        var volume = WrittenVolume.in(folder.resolve("volume"));
        image = volume.manifest(
                "team/web",
                ManifestJson.image(volume.blob("team/web", "config"), volume.blob("team/web", "layer one")));
        volume.tag("team/web", "1", image);
        CommandRun.of("import", "-q", "--data", data(), folder.resolve("volume").toString());
    }

    @Test
    void deleting_a_tag_frees_nothing_and_the_command_says_why() {
        try (var stores = open()) {
            stores.metadata().tags().delete(WEB, new Tag("1"));
        }
        assertThat(collect().out()).isEqualTo("""
                        Freed nothing.
                        1 untagged manifest (15 bytes) stays: clients may still pull it by digest. Delete the manifests by digest, or set \
                        maintenance.untagged.policy to remove.
                        """);
    }

    @Test
    void deleting_an_image_frees_its_blobs_later_and_the_command_says_when() {
        try (var stores = open()) {
            stores.metadata().manifests().delete(WEB, image);
        }
        assertThat(collect().out())
                .matches(
                        "Freed nothing\\.\n2 blobs \\(15 bytes\\) wait until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d [^ ]+: no image"
                                + " names them, but a push still may \\(storage.lease\\)\\.\n`collect --older-than 1h` frees now"
                                + " what has waited for an hour\\.\n");
        assertThat(CommandRun.of("stats", "--data", data()).out())
                .contains("collect frees  nothing", "waiting        2 blobs (15 bytes) wait until");

        Awaitility.await("blobs that are older than a second")
                .until(
                        () -> collect("--older-than", "1s").out(),
                        said -> said.startsWith("Freed 2 blobs (15 bytes), 1" + " empty repository.\n"));
    }

    @Test
    void scripts_learn_what_waits() throws IOException {
        try (var stores = open()) {
            stores.metadata().manifests().delete(WEB, image);
        }
        var json = new ObjectMapper().readTree(collect("--json", "--dry-run").out());
        assertThat(json.get("bytes").asLong()).isZero();
        assertThat(json.at("/waiting/blobs/bytes").asLong()).isEqualTo(15);
        assertThat(Instant.parse(json.at("/waiting/blobs/until").asText())).isAfter(Instant.now());
    }

    @Test
    void a_duration_without_a_unit_is_refused() {
        var run = collect("--older-than", "60");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--older-than", "\"60\" is no duration", "90s, 30m, 24h or 7d");
    }

    @Test
    void each_kind_of_data_that_waits_is_a_sentence_in_singular_or_plural() {
        var until = Optional.of(Instant.parse("2026-11-30T14:05:00Z"));
        var waiting = new Waiting(
                new Waiting.Part(1, 1 << 20, until), new Waiting.Part(2, 2048, until), new Waiting.Part(3, 1, until));
        assertThat(new WaitingText(waiting, ZoneId.of("UTC")).sentences())
                .containsExactly(
                        "1 blob (1 MiB) waits until 2026-11-30 14:05 UTC: no image names it, but a push still may"
                                + " (storage.lease).",
                        "2 untagged manifests (2 KiB) wait until 2026-11-30 14:05 UTC: clients may still pull them by"
                                + " digest (maintenance.untagged.after).",
                        "3 unfinished uploads (1 byte) wait until 2026-11-30 14:05 UTC: clients may still continue them"
                                + " (storage.uploads.expiry).");
        assertThat(new WaitingText(Waiting.NOTHING, ZoneId.of("UTC")).sentences())
                .isEmpty();
    }

    private CommandRun collect(String... more) {
        var arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"collect", "-q", "--data", data()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private Stores open() {
        return Stores.open(new StorageSettings(folder.resolve("data")), Clock.systemUTC());
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
