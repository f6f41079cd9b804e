package dev.berth.registry.metadata.blob;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class BlobsTest {
    private final OpenMetadata open;

    BlobsTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_blob_exists_for_the_repository_it_was_pushed_to_and_no_other() {
        var digest = open.blob(WEB, "hello");

        assertThat(blobs().size(WEB, digest)).contains(5L);
        assertThat(blobs().size(OTHER, digest)).isEmpty();
        assertThat(blobs().isKnown(digest)).isTrue();
        assertThat(blobs().isKnown(digest("other"))).isFalse();
    }

    @Test
    void storing_a_blob_ends_its_upload() {
        var upload = UploadId.random(new Random(7));
        open.metadata.uploads().start(upload, WEB, "anna", Algorithm.SHA256, 10);

        blobs().store(WEB, digest("hello"), 5, upload);

        assertThat(open.metadata.uploads().find(WEB, upload)).isEmpty();
    }

    @Test
    void pushing_a_blob_again_changes_nothing() {
        var digest = open.blob(WEB, "hello");
        open.blob(WEB, "hello");

        assertThat(blobs().size(WEB, digest)).contains(5L);
        assertThat(open.metadata.totals().read().blobs()).isEqualTo(1);
    }

    @Test
    void a_blob_is_mounted_from_a_repository_that_has_it() {
        var digest = open.blob(WEB, "hello");

        assertThat(blobs().mount(OTHER, digest, WEB)).isTrue();
        assertThat(blobs().size(OTHER, digest)).contains(5L);
    }

    @Test
    void a_blob_is_not_mounted_from_a_repository_that_lacks_it_whoever_else_has_it() {
        var digest = open.blob(WEB, "hello");

        assertThat(blobs().mount(WEB, digest, OTHER)).isFalse();
        assertThat(blobs().mount(OTHER, digest, OTHER)).isFalse();
        assertThat(blobs().size(OTHER, digest)).isEmpty();
        assertThat(open.metadata.repositories().exists(OTHER)).isFalse();
    }

    @Test
    void who_has_a_blob_is_known_by_the_blob() {
        var digest = open.blob(WEB, "hello");
        open.blob(OTHER, "other");
        assertThat(blobs().holders(digest, 10)).containsExactly(WEB);

        blobs().mount(OTHER, digest, WEB);
        assertThat(blobs().holders(digest, 10)).containsExactlyInAnyOrder(WEB, OTHER);
        assertThat(blobs().holders(digest, 1)).hasSize(1);
        assertThat(blobs().holders(digest("nowhere"), 10)).isEmpty();
    }

    @Test
    void a_blob_deleted_from_one_repository_stays_in_the_other() {
        var digest = open.blob(WEB, "hello");
        blobs().mount(OTHER, digest, WEB);

        assertThat(blobs().unlink(WEB, digest)).isTrue();

        assertThat(blobs().unlink(WEB, digest)).isFalse();
        assertThat(blobs().size(WEB, digest)).isEmpty();
        assertThat(blobs().size(OTHER, digest)).contains(5L);
    }

    @Test
    void a_deleted_blob_can_be_pushed_again() {
        var digest = open.blob(WEB, "hello");
        blobs().unlink(WEB, digest);
        open.blob(WEB, "hello");

        assertThat(blobs().size(WEB, digest)).contains(5L);
    }

    private Blobs blobs() {
        return open.metadata.blobs();
    }
}
