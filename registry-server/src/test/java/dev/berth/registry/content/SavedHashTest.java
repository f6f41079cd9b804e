package dev.berth.registry.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.hash.LinkedHashing;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restarted server goes on with a large upload without reading its file. */
final class SavedHashTest {
    private static final UploadId ID = UploadId.random(new Random(4));
    private static final int MORE = 64 * 1024;
    private static final int LARGE = (int) SavedHash.LEAST_BYTES + 12_345;
    private static final byte[] BYTES = new byte[LARGE + MORE];

    static {
        new Random(5).nextBytes(BYTES);
    }

    @TempDir
    private Path folder;

    private Hashing hashing;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(
                Files.getFileStore(folder).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "the file system of " + folder + " has no extended attributes");
        hashing = LinkedHashing.open();
        file = folder.resolve("uploads/" + ID);
    }

    @Test
    void a_large_upload_goes_on_after_a_restart_without_being_read() throws IOException {
        for (var algorithm : Algorithm.values()) {
            upload(algorithm, LARGE);
            spoil(file);

            try (var resumed = afterRestart().resume(ID, algorithm, LARGE).orElseThrow()) {
                assertThat(resumed.offsetBytes()).isEqualTo(LARGE);
                resumed.write(ByteBuffer.wrap(BYTES, LARGE, MORE));
                assertThat(resumed.digest(algorithm)).isEqualTo(algorithm.digestOf(BYTES));
                resumed.discard();
            }
        }
    }

    @Test
    void a_small_upload_is_read_again() throws IOException {
        int small = (int) SavedHash.LEAST_BYTES - 1;
        upload(Algorithm.SHA256, small);
        spoil(file);

        try (var resumed = afterRestart().resume(ID, Algorithm.SHA256, small).orElseThrow()) {
            assertThat(resumed.digest(Algorithm.SHA256)).isEqualTo(Algorithm.SHA256.digestOf(Files.readAllBytes(file)));
        }
        assertThat(attributes(file)).isEmpty();
    }

    @Test
    void an_upload_that_is_resumed_at_another_place_is_read_again() throws IOException {
        upload(Algorithm.SHA256, LARGE);
        int earlier = LARGE - 1000;

        try (var resumed = afterRestart().resume(ID, Algorithm.SHA256, earlier).orElseThrow()) {
            assertThat(resumed.offsetBytes()).isEqualTo(earlier);
            assertThat(resumed.digest(Algorithm.SHA256))
                    .isEqualTo(Algorithm.SHA256.digestOf(Arrays.copyOf(BYTES, earlier)));
        }
    }

    @Test
    void other_bytes_in_place_of_those_that_were_cut_off_are_what_is_hashed() throws IOException {
        int whole = (int) SavedHash.LEAST_BYTES + MORE;
        upload(Algorithm.SHA256, whole);
        var killed = afterRestart().resume(ID, Algorithm.SHA256, whole - MORE).orElseThrow();
        killed.write(ByteBuffer.wrap(new byte[MORE])); // and the server is killed, so that the upload is not closed

        try (var resumed = afterRestart().resume(ID, Algorithm.SHA256, whole).orElseThrow()) {
            assertThat(resumed.offsetBytes()).isEqualTo(whole);
            assertThat(resumed.digest(Algorithm.SHA256)).isEqualTo(Algorithm.SHA256.digestOf(Files.readAllBytes(file)));
        }
    }

    @Test
    void a_hash_from_before_the_machine_was_booted_is_not_believed() throws IOException {
        var upload = Files.write(folder.resolve("upload"), BYTES);
        var hash = hash(BYTES.length);
        SavedHash.ofBoot("yesterday").save(upload, hash);

        assertThat(attributes(upload)).isNotEmpty();
        assertThat(SavedHash.ofBoot("today").load(upload, Algorithm.SHA256, BYTES.length, hashing))
                .isEmpty();
        assertThat(SavedHash.ofBoot("yesterday").load(upload, Algorithm.SHA256, BYTES.length, hashing))
                .map(RunningHash::digest)
                .contains(hash.digest());
    }

    @Test
    void a_hash_of_a_file_that_has_lost_bytes_is_not_believed() throws IOException {
        var saved = SavedHash.ofThisBoot();
        var upload = Files.write(folder.resolve("upload"), BYTES);
        saved.save(upload, hash(BYTES.length));
        try (var channel = FileChannel.open(upload, StandardOpenOption.WRITE)) {
            channel.truncate(BYTES.length - 1);
        }

        assertThat(saved.load(upload, Algorithm.SHA256, BYTES.length, hashing)).isEmpty();
    }

    @Test
    void something_else_in_the_attribute_is_not_believed() throws IOException {
        var upload = Files.write(folder.resolve("upload"), BYTES);
        var saved = SavedHash.ofBoot("today");
        saved.save(upload, hash(BYTES.length));
        var view = Files.getFileAttributeView(upload, UserDefinedFileAttributeView.class);
        for (var other : List.of("", "tod", "today", "today and nonsense")) {
            view.write(view.list().getFirst(), ByteBuffer.wrap(other.getBytes(UTF_8)));

            assertThat(saved.load(upload, Algorithm.SHA256, BYTES.length, hashing))
                    .isEmpty();
        }
    }

    @Test
    void a_file_without_the_attribute_has_no_hash_and_nothing_to_drop() throws IOException {
        var upload = Files.write(folder.resolve("upload"), BYTES);
        var saved = SavedHash.ofThisBoot();
        saved.drop(upload);

        assertThat(saved.load(upload, Algorithm.SHA256, BYTES.length, hashing)).isEmpty();
    }

    @Test
    void a_blob_has_no_such_attribute() throws IOException {
        upload(Algorithm.SHA256, LARGE);
        assertThat(attributes(file)).isNotEmpty();

        var digest = Algorithm.SHA256.digestOf(BYTES);
        var store = afterRestart();
        try (var resumed = store.resume(ID, Algorithm.SHA256, LARGE).orElseThrow()) {
            resumed.write(ByteBuffer.wrap(BYTES, LARGE, MORE));
            resumed.publish(digest);
        }
        assertThat(store.find(digest))
                .get()
                .isInstanceOfSatisfying(
                        BlobContent.LocalFile.class,
                        blob -> assertThat(attributes(blob.path())).isEmpty());
    }

    @Test
    void a_blob_that_was_pushed_in_one_request_has_no_such_attribute_either() throws IOException {
        var digest = Algorithm.SHA256.digestOf(BYTES);
        try (var upload = afterRestart().create(ID, Algorithm.SHA256)) {
            upload.write(ByteBuffer.wrap(BYTES));
            upload.publish(digest);
        }

        assertThat(attributes(file)).isEmpty();
    }

    /** Leaves an upload of the first bytes, as between two chunks. */
    private void upload(Algorithm algorithm, int length) {
        try (var upload = afterRestart().create(ID, algorithm)) {
            upload.write(ByteBuffer.wrap(BYTES, 0, length));
        }
    }

    private FilesystemBlobStore afterRestart() {
        return FilesystemBlobStore.open(folder, hashing);
    }

    private RunningHash hash(int length) {
        var hash = hashing.begin(Algorithm.SHA256);
        hash.update(ByteBuffer.wrap(BYTES, 0, length));
        return hash;
    }

    /** Changes a byte, which only somebody who reads the file notices. */
    private static void spoil(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (BYTES[1000] + 1)}), 1000);
        }
    }

    private static List<String> attributes(Path file) {
        return Attempt.named(
                () -> "list attributes",
                () -> Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                        .list());
    }
}
