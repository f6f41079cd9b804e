package dev.berth.registry.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.content.BlobContent.LocalFile;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every blob store does. */
abstract class BlobStoreContract {
    private static final UploadId ID = UploadId.random(new Random(1));
    private static final UploadId OTHER = UploadId.random(new Random(2));

    private BlobStore store;

    /** Opens the store of this test; a second time as after a restart. */
    abstract BlobStore open();

    @BeforeEach
    void openFirst() {
        store = open();
    }

    @Test
    void published_bytes_are_read_by_their_digest() throws IOException {
        var digest = publish(ID, "hello");

        assertThat(read(digest)).isEqualTo("hello");
        assertThat(store.find(digest).orElseThrow().sizeBytes()).isEqualTo(5);
    }

    @Test
    void bytes_that_were_not_published_are_not_read() {
        write(store.create(ID, Algorithm.SHA256), "hello").close();

        assertThat(store.find(digest("hello"))).isEmpty();
    }

    @Test
    void a_digest_of_either_algorithm_is_right_whichever_runs_along() {
        for (var running : Algorithm.values()) {
            try (var upload = write(store.create(UploadId.random(new Random()), running), "hello")) {
                for (var asked : Algorithm.values()) {
                    assertThat(upload.digest(asked)).isEqualTo(asked.digestOf(bytes("hello")));
                }
            }
        }
    }

    @Test
    void publishing_what_is_there_says_so_and_costs_one_copy() throws IOException {
        publish(ID, "hello");

        try (var again = write(store.create(OTHER, Algorithm.SHA256), "hello")) {
            assertThat(again.publish(digest("hello"))).isFalse();
            again.discard();
        }
        assertThat(read(digest("hello"))).isEqualTo("hello");
    }

    @Test
    void what_is_there_can_be_read_before_it_is_published_whatever_its_size() {
        for (int size : new int[] {0, 5, 16 * 1024, 16 * 1024 + 1, 100_000}) {
            var text = "x".repeat(size);
            try (var upload = store.create(UploadId.random(new Random()), Algorithm.SHA256)) {
                write(write(upload, text.substring(size / 2)), text.substring(size - size / 2));
                assertThat(upload.bytes()).isEqualTo(bytes(text));
                assertThat(upload.digest(Algorithm.SHA256)).isEqualTo(digest(text));
                assertThat(upload.digest(Algorithm.SHA512)).isEqualTo(Algorithm.SHA512.digestOf(bytes(text)));
                upload.discard();
            }
        }
        assertThat(store.uploads()).isEmpty();
    }

    @Test
    void rolling_back_works_before_there_is_a_file_and_after() {
        var upload = store.create(ID, Algorithm.SHA256);
        write(upload, "nonsense").rollBack();
        write(upload, "x".repeat(100_000)).rollBack();

        assertThat(upload.offsetBytes()).isZero();
        write(upload, "hello");
        assertThat(upload.bytes()).isEqualTo(bytes("hello"));
        assertThat(upload.publish(digest("hello"))).isTrue();
        upload.discard();
    }

    @Test
    void bytes_are_the_same_in_whatever_pieces_they_come() {
        var random = new Random(7);
        byte[] all = new byte[300_000];
        random.nextBytes(all);
        var upload = store.create(ID, Algorithm.SHA256);
        int at = 0;
        while (at < all.length) {
            if (random.nextInt(4) == 0) { // as between two chunks
                upload.close();
                upload = store.resume(ID, Algorithm.SHA256, at).orElseThrow();
            }
            int length = Math.min(random.nextInt(40_000), all.length - at);
            upload.write(ByteBuffer.wrap(all, at, length));
            at += length;
            assertThat(upload.offsetBytes()).isEqualTo(at);
        }
        assertThat(upload.digest(Algorithm.SHA256)).isEqualTo(Algorithm.SHA256.digestOf(all));
        assertThat(upload.digest(Algorithm.SHA512)).isEqualTo(Algorithm.SHA512.digestOf(all));
        assertThat(upload.bytes()).isEqualTo(all);
        upload.discard();
    }

    @Test
    void an_upload_is_resumed_where_it_stood() {
        write(store.create(ID, Algorithm.SHA256), "one, ").close();

        try (var resumed = store.resume(ID, Algorithm.SHA256, 5).orElseThrow()) {
            write(resumed, "two");
            assertThat(resumed.digest(Algorithm.SHA256)).isEqualTo(digest("one, two"));
        }
    }

    @Test
    void an_upload_is_resumed_after_a_restart() {
        write(store.create(ID, Algorithm.SHA256), "one, ").close();
        store = open();

        try (var resumed = store.resume(ID, Algorithm.SHA256, 5).orElseThrow()) {
            write(resumed, "two");
            assertThat(resumed.digest(Algorithm.SHA256)).isEqualTo(digest("one, two"));
        }
    }

    @Test
    void bytes_beyond_what_was_acknowledged_are_cut_off() {
        write(store.create(ID, Algorithm.SHA256), "one, torn").close();

        try (var resumed = store.resume(ID, Algorithm.SHA256, 5).orElseThrow()) {
            assertThat(resumed.offsetBytes()).isEqualTo(5);
            write(resumed, "two");
            resumed.publish(resumed.digest(Algorithm.SHA256));
        }
        assertThat(store.find(digest("one, two"))).isPresent();
    }

    @Test
    void an_upload_that_has_lost_bytes_goes_on_from_what_is_there() {
        write(store.create(ID, Algorithm.SHA256), "one").close();

        try (var resumed = store.resume(ID, Algorithm.SHA256, 5).orElseThrow()) {
            assertThat(resumed.offsetBytes()).isEqualTo(3);
        }
    }

    @Test
    void rolling_back_forgets_what_was_written_since_opening() {
        write(store.create(ID, Algorithm.SHA256), "one, ").close();
        var resumed = store.resume(ID, Algorithm.SHA256, 5).orElseThrow();
        write(resumed, "nonsense").rollBack();

        assertThat(resumed.offsetBytes()).isEqualTo(5);
        write(resumed, "two");
        assertThat(resumed.digest(Algorithm.SHA256)).isEqualTo(digest("one, two"));
        assertThat(resumed.digest(Algorithm.SHA512)).isEqualTo(Algorithm.SHA512.digestOf(bytes("one, two")));
        resumed.close();
    }

    @Test
    void nobody_resumes_an_upload_that_is_not_there() {
        assertThat(store.resume(ID, Algorithm.SHA256, 0)).isEmpty();

        store.create(ID, Algorithm.SHA256).close();
        store.discard(ID);

        assertThat(store.resume(ID, Algorithm.SHA256, 0)).isEmpty();
    }

    @Test
    void an_id_is_used_once() {
        store.create(ID, Algorithm.SHA256).close();

        assertThatExceptionOfType(ContentException.class)
                .isThrownBy(() -> store.create(ID, Algorithm.SHA256).close());
    }

    @Test
    void discarding_an_upload_leaves_what_was_published_of_it() throws IOException {
        publish(ID, "hello");

        assertThat(store.uploads()).isEmpty();
        assertThat(read(digest("hello"))).isEqualTo("hello");
    }

    @Test
    void uploads_are_listed_with_their_sizes_and_what_became_of_them() {
        write(store.create(ID, Algorithm.SHA256), "waiting").close();
        try (var upload = write(store.create(OTHER, Algorithm.SHA256), "published")) {
            upload.publish(digest("published"));
        }

        assertThat(store.uploads()).containsExactlyInAnyOrder(new StoredUpload(ID, 7), new StoredUpload(OTHER, 9));
        assertThat(store.published(ID)).isEmpty();
        assertThat(store.published(OTHER)).containsExactly(digest("published"));
    }

    @Test
    void an_upload_published_by_sha512_is_recognised_too() {
        var sha512 = Algorithm.SHA512.digestOf(bytes("published"));
        try (var upload = write(store.create(ID, Algorithm.SHA256), "published")) {
            upload.publish(sha512);
        }

        assertThat(store.published(ID)).containsExactly(sha512);
    }

    @Test
    void a_deleted_blob_is_gone_and_who_deletes_it_again_does_no_harm() {
        var digest = publish(ID, "hello");
        store.delete(digest);
        store.delete(digest);

        assertThat(store.find(digest)).isEmpty();
    }

    @Test
    void a_file_of_somebody_else_becomes_a_blob_and_outlives_it_as_it_outlives_the_blob(@TempDir Path elsewhere)
            throws IOException {
        var file = Files.writeString(elsewhere.resolve("data"), "theirs");

        assertThat(store.adopt(file, digest("theirs"), true)).isIn(Adoption.LINKED, Adoption.COPIED);
        assertThat(store.adopt(file, digest("theirs"), true)).isEqualTo(Adoption.PRESENT);
        store.settleAdoptions();
        assertThat(read(digest("theirs"))).isEqualTo("theirs");

        store.delete(digest("theirs"));
        assertThat(file).hasContent("theirs");
        store.adopt(file, digest("theirs"), true);
        Files.delete(file);
        assertThat(read(digest("theirs"))).isEqualTo("theirs");
    }

    @Test
    void bytes_that_are_no_file_here_become_a_blob_and_are_not_read_when_it_is_here() throws IOException {
        var theirs = new ByteArrayInputStream("theirs".getBytes(StandardCharsets.UTF_8));

        assertThat(store.adopt(theirs, 6, digest("theirs"))).isEqualTo(Adoption.COPIED);
        store.settleAdoptions();
        assertThat(read(digest("theirs"))).isEqualTo("theirs");

        var again = new ByteArrayInputStream("theirs".getBytes(StandardCharsets.UTF_8));
        assertThat(store.adopt(again, 6, digest("theirs"))).isEqualTo(Adoption.PRESENT);
        assertThat(again.available()).isEqualTo(6);
    }

    @Test
    void there_is_some_space() {
        var capacity = store.capacity();

        assertThat(capacity.capacityBytes()).isPositive();
        assertThat(capacity.freeBytes()).isBetween(0L, capacity.capacityBytes());
    }

    private Digest publish(UploadId id, String text) {
        var upload = write(store.create(id, Algorithm.SHA256), text);
        assertThat(upload.publish(digest(text))).isTrue();
        upload.discard();
        return digest(text);
    }

    private String read(Digest digest) throws IOException {
        return switch (store.find(digest).orElseThrow()) {
            case LocalFile file -> Files.readString(file.path());
            case BlobContent.Bytes(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
        };
    }

    private static BlobUpload write(BlobUpload upload, String text) {
        upload.write(ByteBuffer.wrap(bytes(text)));
        return upload;
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
