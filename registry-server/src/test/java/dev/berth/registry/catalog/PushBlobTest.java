package dev.berth.registry.catalog;

import static dev.berth.registry.catalog.OpenCatalog.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.AppendUpload.Ready;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushBlobTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final RepositoryName OTHER = new RepositoryName("team/other");

    @TempDir
    private Path folder;

    private OpenCatalog open;

    @BeforeEach
    void open() {
        open = OpenCatalog.in(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void a_blob_pushed_in_one_request_is_there_and_leaves_no_upload() {
        var digest = open.push(WEB, "hello");

        assertThat(open.pull(WEB, digest)).contains("hello");
        assertThat(open.files("uploads")).isEmpty();
        assertThat(open.files("blobs")).containsExactly(digest.hex());
    }

    @Test
    void an_upload_is_appended_to_and_finished_over_many_requests() {
        var id = start().id();
        append(id, "one, ");
        append(id, "two");
        var digest = Algorithm.SHA256.digestOf(bytes("one, two"));

        assertThat(push().finish(WEB, id, digest)).isEqualTo(new FinishUpload.Stored(digest, 8));

        assertThat(open.pull(WEB, digest)).contains("one, two");
        assertThat(push().find(WEB, id)).isEmpty();
        assertThat(open.files("uploads")).isEmpty();
    }

    @Test
    void an_upload_goes_on_after_a_restart_where_it_was() {
        var id = start().id();
        append(id, "before, ");
        open = open.reopened();

        assertThat(push().find(WEB, id).orElseThrow().offsetBytes()).isEqualTo(8);
        append(id, "after");

        var digest = Algorithm.SHA256.digestOf(bytes("before, after"));
        assertThat(push().finish(WEB, id, digest)).isInstanceOf(FinishUpload.Stored.class);
        assertThat(open.pull(WEB, digest)).contains("before, after");
    }

    @Test
    void an_upload_may_be_finished_by_a_sha512_digest() {
        var id = start().id();
        append(id, "hello");
        var digest = Algorithm.SHA512.digestOf(bytes("hello"));

        assertThat(push().finish(WEB, id, digest)).isEqualTo(new FinishUpload.Stored(digest, 5));
        assertThat(open.pull(WEB, digest)).contains("hello");
    }

    @Test
    void a_chunk_out_of_order_is_refused_and_the_upload_goes_on_where_it_was() {
        var id = start().id();
        append(id, "hello");

        assertThat(push().append(WEB, id, 3)).isEqualTo(new AppendUpload.OutOfOrder(5));
        assertThat(push().append(WEB, id, 7)).isEqualTo(new AppendUpload.OutOfOrder(5));

        append(id, "!");
        assertThat(push().find(WEB, id).orElseThrow().offsetBytes()).isEqualTo(6);
    }

    @Test
    void a_chunk_that_is_rolled_back_was_never_there() {
        var id = start().id();
        append(id, "hello");
        try (var writer = ready(id)) {
            writer.write(ByteBuffer.wrap(bytes(" nonsense")));
            writer.rollBack();
            assertThat(writer.offsetBytes()).isEqualTo(5);
        }

        assertThat(push().finish(WEB, id, Algorithm.SHA256.digestOf(bytes("hello"))))
                .isInstanceOf(FinishUpload.Stored.class);
    }

    @Test
    void an_upload_has_one_writer_at_a_time() {
        var id = start().id();
        try (var writer = ready(id)) {
            assertThat(writer.offsetBytes()).isZero();
            assertThat(push().append(WEB, id)).isEqualTo(new AppendUpload.Busy());
            assertThat(push().finish(WEB, id, Algorithm.SHA256.digestOf(new byte[0])))
                    .isEqualTo(new FinishUpload.Busy());
            assertThat(push().cancel(WEB, id)).isEqualTo(CancelUpload.BUSY);
        }
        append(id, "free again");
    }

    @Test
    void bytes_that_are_not_what_was_announced_are_refused_and_dropped() {
        var id = start().id();
        append(id, "hello");
        var announced = Algorithm.SHA256.digestOf(bytes("something else"));

        assertThat(push().finish(WEB, id, announced))
                .isEqualTo(new FinishUpload.DigestMismatch(announced, Algorithm.SHA256.digestOf(bytes("hello"))));

        assertThat(push().find(WEB, id)).isEmpty();
        assertThat(open.files("uploads")).isEmpty();
        assertThat(open.files("blobs")).isEmpty();
    }

    @Test
    void a_push_in_one_request_that_breaks_off_leaves_nothing() {
        try (var writer = push().startWhole(WEB, Algorithm.SHA256)) {
            writer.write(ByteBuffer.wrap(bytes("hel")));
        }
        assertThat(open.files("uploads")).isEmpty();
        assertThat(open.stores().metadata().totals().read().uploads()).isZero();
    }

    @Test
    void a_cancelled_upload_is_gone() {
        var id = start().id();
        append(id, "hello");

        assertThat(push().cancel(WEB, id)).isEqualTo(CancelUpload.CANCELLED);

        assertThat(push().cancel(WEB, id)).isEqualTo(CancelUpload.UNKNOWN_UPLOAD);
        assertThat(push().append(WEB, id)).isEqualTo(new AppendUpload.UnknownUpload());
        assertThat(open.files("uploads")).isEmpty();
    }

    @Test
    void an_upload_of_one_repository_does_not_exist_for_another() {
        var id = start().id();

        assertThat(push().find(OTHER, id)).isEmpty();
        assertThat(push().append(OTHER, id)).isEqualTo(new AppendUpload.UnknownUpload());
        assertThat(push().cancel(OTHER, id)).isEqualTo(CancelUpload.UNKNOWN_UPLOAD);
        assertThat(push().finish(OTHER, id, Algorithm.SHA256.digestOf(new byte[0])))
                .isEqualTo(new FinishUpload.UnknownUpload());
        assertThat(push().find(WEB, id)).isPresent();
    }

    @Test
    void an_upload_alone_brings_no_repository_about() {
        start();
        assertThat(open.stores().metadata().repositories().exists(WEB)).isFalse();
    }

    @Test
    void an_empty_blob_is_a_blob() {
        var digest = open.push(WEB, "");
        assertThat(open.pull(WEB, digest)).contains("");
    }

    @Test
    void a_blob_whose_file_was_cut_short_is_brought_back_by_the_next_push() throws Exception {
        var digest = open.push(WEB, "hello");
        var file = folder.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
        java.nio.file.Files.writeString(file, "hel");

        open.push(OTHER, "hello");

        assertThat(open.pull(WEB, digest)).contains("hello");
    }

    private PushBlob push() {
        return open.pushBlob();
    }

    private UploadSession start() {
        return ((StartUpload.Started) push().start(WEB, "anna", Algorithm.SHA256)).session();
    }

    private UploadWriter ready(UploadId id) {
        var outcome = push().append(WEB, id);
        assertThat(outcome).isInstanceOf(Ready.class);
        return ((Ready) outcome).writer();
    }

    private void append(UploadId id, String text) {
        try (var writer = ready(id)) {
            writer.write(ByteBuffer.wrap(bytes(text)));
        }
    }
}
