package dev.berth.registry.metadata.repository;

import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of manifests is what the database has, whoever changes it meanwhile. */
final class RowCacheTest {
    private static final int ROUNDS = 300;
    private static final int READERS = 3;

    @TempDir
    private Path folder;

    private OpenMetadata open;

    @BeforeEach
    void open() {
        open = OpenMetadata.on(TestDatabase.SQLITE, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void what_was_read_once_needs_no_database() {
        var one = open.manifest(WEB, "one", Tag.LATEST);
        assertThat(manifests().remembered(WEB, Tag.LATEST)).isEmpty();

        manifests().get(WEB, Tag.LATEST);

        assertThat(manifests().remembered(WEB, Tag.LATEST).orElseThrow().digest())
                .isEqualTo(one);
        assertThat(manifests().remembered(WEB, one)).isPresent();
    }

    @Test
    void a_deleted_manifest_is_forgotten_with_its_tags() {
        var one = open.manifest(WEB, "one", Tag.LATEST);
        manifests().get(WEB, Tag.LATEST);

        manifests().delete(WEB, one);

        assertThat(manifests().remembered(WEB, one)).isEmpty();
        assertThat(manifests().remembered(WEB, Tag.LATEST)).isEmpty();
        assertThat(manifests().get(WEB, Tag.LATEST)).isEmpty();
    }

    @Test
    void a_deleted_tag_is_forgotten_and_its_manifest_is_not() {
        var one = open.manifest(WEB, "one", Tag.LATEST);
        manifests().get(WEB, Tag.LATEST);

        open.metadata.tags().delete(WEB, Tag.LATEST);

        assertThat(manifests().get(WEB, Tag.LATEST)).isEmpty();
        assertThat(manifests().remembered(WEB, one)).isPresent();
    }

    @Test
    void who_has_moved_a_tag_reads_it_where_it_is_while_others_read_too() throws Exception {
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(READERS)) {
            var readers = new ArrayList<Future<?>>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        manifests().get(WEB, Tag.LATEST);
                    }
                }));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    var moved = open.manifest(WEB, "round " + round, Tag.LATEST);
                    assertThat(manifests().get(WEB, Tag.LATEST).orElseThrow().digest())
                            .isEqualTo(moved);
                }
            } finally {
                done.set(true);
            }
            for (var reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void what_one_server_changes_no_other_server_still_answers() {
        var other = new Metadata(open.database, open.coordination, open.clock, OpenMetadata.LEASE);
        var blob = open.blob(WEB, "hello");
        var one = open.manifest(WEB, "one", Tag.LATEST);
        other.manifests().get(WEB, Tag.LATEST);
        other.blobs().find(WEB, blob);

        var two = open.manifest(WEB, "two", Tag.LATEST);
        assertThat(other.manifests().get(WEB, Tag.LATEST).map(Manifest::digest)).contains(two);

        assertThat(other.manifests().remembered(WEB, one))
                .as("before it is deleted")
                .isPresent();
        manifests().delete(WEB, one);
        assertThat(other.manifests().get(WEB, one)).isEmpty();

        open.metadata.blobs().unlink(WEB, blob);
        assertThat(other.blobs().remembered(WEB, blob)).isEmpty();
        assertThat(other.blobs().find(WEB, blob)).isEmpty();
    }

    @Test
    void an_upload_that_one_server_has_started_goes_on_at_another() {
        var other = new Metadata(open.database, open.coordination, open.clock, OpenMetadata.LEASE);
        var id = UploadId.random(new Random(1));
        open.metadata.uploads().start(id, WEB, "anna", Algorithm.SHA256, 1);

        assertThat(other.uploads().start(UploadId.random(new Random(2)), WEB, "anna", Algorithm.SHA256, 1))
                .as("one too many")
                .isEmpty();
        other.uploads().advance(id, 5);

        assertThat(open.metadata.uploads().find(WEB, id).orElseThrow().offsetBytes())
                .isEqualTo(5);
        assertThat(open.metadata.totals().read().uploads()).isEqualTo(1);
    }

    private Manifests manifests() {
        return open.metadata.manifests();
    }
}
