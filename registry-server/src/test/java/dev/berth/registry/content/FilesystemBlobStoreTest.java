package dev.berth.registry.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemBlobStoreTest extends BlobStoreContract {
    private static final UploadId ID = UploadId.random(new Random(3));

    private static final Digest BLOB = Algorithm.SHA256.digestOf(new byte[] {1, 2, 3});

    @TempDir
    private Path folder;

    @Override
    BlobStore open() {
        return FilesystemBlobStore.open(folder, new Hashing());
    }

    @Test
    void a_blob_is_its_upload_under_a_second_name() throws IOException {
        try (var upload = open().create(ID, Algorithm.SHA256)) {
            upload.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            upload.publish(upload.digest(Algorithm.SHA256));
        }

        assertThat(HardLinks.count(folder.resolve("uploads/" + ID))).isEqualTo(2);
    }

    @Test
    void more_uploads_at_once_than_have_memory_outside_the_heap_are_all_right() {
        var store = open();
        var random = new Random(4);
        var bytes = new byte[100_000];
        random.nextBytes(bytes);
        var uploads = Stream.generate(() -> store.create(UploadId.random(random), Algorithm.SHA256))
                .limit(200)
                .toList();
        for (int from = 0; from < bytes.length; from += 10_000) {
            for (var upload : uploads) {
                upload.write(ByteBuffer.wrap(bytes, from, 10_000));
            }
        }

        assertThat(uploads)
                .allSatisfy(upload ->
                        assertThat(upload.digest(Algorithm.SHA256)).isEqualTo(Algorithm.SHA256.digestOf(bytes)))
                .allSatisfy(upload -> assertThat(upload.bytes()).isEqualTo(bytes))
                .allSatisfy(BlobUpload::discard);
    }

    @Test
    void a_file_that_the_server_can_read_is_shared_and_its_mode_stays(@TempDir Path elsewhere) throws IOException {
        var file = Files.write(elsewhere.resolve("data"), new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(open().adopt(file, BLOB, true)).isEqualTo(Adoption.LINKED);
        assertThat(HardLinks.count(file)).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
    }

    @Test
    void a_file_whose_mode_would_shut_the_server_out_is_copied(@TempDir Path elsewhere) throws IOException {
        var file = Files.write(elsewhere.resolve("data"), new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeTrue(Files.isReadable(file), "only root can read what nobody may");

        assertThat(open().adopt(file, BLOB, true)).isEqualTo(Adoption.COPIED);
        assertThat(HardLinks.count(file)).isEqualTo(1);
        assertThat(Files.getPosixFilePermissions(folder.resolve("blobs/sha256/03/" + BLOB.hex())))
                .contains(PosixFilePermission.OWNER_READ);
    }

    @Test
    void a_file_behind_a_symbolic_link_is_what_is_shared(@TempDir Path elsewhere) throws IOException {
        var file = Files.write(elsewhere.resolve("data"), new byte[] {1, 2, 3});
        open().adopt(Files.createSymbolicLink(elsewhere.resolve("link"), file), BLOB, true);

        assertThat(HardLinks.count(file)).isEqualTo(2);
    }

    @Test
    void an_upload_that_is_a_blob_already_takes_no_more_bytes() {
        var store = open();
        try (var upload = store.create(ID, Algorithm.SHA256)) {
            upload.publish(upload.digest(Algorithm.SHA256));
        }

        assertThatExceptionOfType(ContentException.class).isThrownBy(() -> store.resume(ID, Algorithm.SHA256, 0));
    }

    @Test
    void what_an_interrupted_copy_has_left_is_cleared_away() throws IOException {
        var store = open();
        store.create(ID, Algorithm.SHA256).close();
        Files.writeString(folder.resolve("uploads/" + ID + ".part"), "half a co");

        assertThat(open().uploads()).containsExactly(new StoredUpload(ID, 0));
        assertThat(folder.resolve("uploads/" + ID + ".part")).doesNotExist();
    }

    @Test
    void a_full_disk_is_said_to_be_one_and_the_upload_stays_where_it_was() throws IOException {
        var store = open();
        store.create(ID, Algorithm.SHA256).close();
        // Linux has a device that is always full.
        var file = folder.resolve("uploads/" + ID);
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));

        try (var upload = store.resume(ID, Algorithm.SHA256, 0).orElseThrow()) {
            assertThatExceptionOfType(DiskFull.class)
                    .isThrownBy(() -> upload.write(ByteBuffer.wrap(new byte[1_000_000])));
            assertThat(upload.offsetBytes()).isZero();

            upload.write(ByteBuffer.wrap(new byte[10]));
            assertThatExceptionOfType(DiskFull.class).isThrownBy(upload::force);
            assertThat(upload.offsetBytes()).isZero();
        }
    }
}
