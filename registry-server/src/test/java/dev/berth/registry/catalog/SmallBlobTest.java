package dev.berth.registry.catalog;

import static dev.berth.registry.catalog.OpenCatalog.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.AppendUpload.Ready;
import dev.berth.registry.catalog.StartUpload.Started;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.storage.StorageSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are so small that the database keeps them. */
final class SmallBlobTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final RepositoryName OTHER = new RepositoryName("team/other");
    private static final String LARGEST = "x".repeat(StorageSettings.DEFAULT_SMALL_BYTES);

    @TempDir
    private Path folder;

    private OpenCatalog open;

    @BeforeEach
    void open() {
        open = OpenCatalog.with(new StorageSettings(folder), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_small_blob_is_a_row_and_the_next_size_is_a_file() {
        var row = open.push(WEB, LARGEST);
        assertThat(open.files("blobs")).isEmpty();
        assertThat(open.files("uploads")).isEmpty();

        var file = open.push(WEB, LARGEST + "x");
        assertThat(open.files("blobs")).containsExactly(file.hex());

        assertThat(open.pull(WEB, row)).contains(LARGEST);
        assertThat(open.pull(WEB, file)).contains(LARGEST + "x");
    }

    @Test
    void it_is_one_however_it_comes() {
        var id = ((Started) open.pushBlob().start(WEB, "anna", Algorithm.SHA256))
                .session()
                .id();
        append(id, "one, ");
        append(id, "two");
        var digest = Algorithm.SHA256.digestOf(bytes("one, two"));

        assertThat(open.pushBlob().finish(WEB, id, digest)).isEqualTo(new FinishUpload.Stored(digest, 8));

        assertThat(open.files("blobs")).isEmpty();
        assertThat(open.files("uploads")).isEmpty();
        assertThat(open.pull(WEB, digest)).contains("one, two");
    }

    @Test
    void it_is_there_after_a_restart_and_remembered_once_it_was_read() {
        var digest = open.push(WEB, "hello");
        close();
        open();

        assertThat(PullBlob.of(open.stores()).remembered(WEB, digest)).isEmpty();
        assertThat(open.pull(WEB, digest)).contains("hello");
        assertThat(PullBlob.of(open.stores()).remembered(WEB, digest)).containsInstanceOf(BlobContent.Bytes.class);
    }

    @Test
    void it_is_mounted_deleted_and_pushed_again_like_any_other() {
        var digest = open.push(WEB, "hello");
        assertThat(MountBlob.of(open.stores()).mount(OTHER, digest, WEB)).isTrue();

        assertThat(DeleteBlob.of(open.stores()).delete(WEB, digest)).isTrue();
        assertThat(open.pull(WEB, digest)).isEmpty();
        assertThat(open.pull(OTHER, digest)).contains("hello");

        open.push(WEB, "hello");
        assertThat(open.pull(WEB, digest)).contains("hello");
    }

    @Test
    void a_small_blob_whose_file_was_lost_comes_back_as_a_row() throws Exception {
        close();
        open = OpenCatalog.in(folder);
        var digest = open.push(WEB, "hello");
        Files.delete(folder.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()));
        close();
        open();
        assertThat(open.pull(WEB, digest)).isEmpty();

        open.push(WEB, "hello");

        assertThat(open.pull(WEB, digest)).contains("hello");
    }

    private void append(UploadId id, String text) {
        try (var writer = ((Ready) open.pushBlob().append(WEB, id)).writer()) {
            writer.write(ByteBuffer.wrap(bytes(text)));
        }
    }
}
