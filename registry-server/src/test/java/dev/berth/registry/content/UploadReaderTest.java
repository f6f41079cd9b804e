package dev.berth.registry.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is being written can be read meanwhile. */
final class UploadReaderTest {
    private static final byte[] BYTES = new byte[300_000];

    @TempDir
    private Path folder;

    private BlobUpload upload;

    @BeforeEach
    void open() {
        new Random(1).nextBytes(BYTES);
        upload = FilesystemBlobStore.open(folder, new Hashing())
                .create(UploadId.random(new Random(1)), Algorithm.SHA256);
    }

    @Test
    void little_has_no_reader_yet() {
        upload.write(ByteBuffer.wrap(BYTES, 0, 1_000));

        assertThat(upload.reader()).isEmpty();
        assertThat(upload.readableBytes()).isZero();
        upload.discard();
    }

    @Test
    void what_is_said_to_be_readable_is_and_stays_so_when_the_upload_is_over() {
        upload.write(ByteBuffer.wrap(BYTES, 0, 200_000));
        try (var reader = upload.reader().orElseThrow()) {
            assertThat(upload.readableBytes()).isBetween(1L, 200_000L);
            assertThat(read(reader, (int) upload.readableBytes())).isEqualTo(start((int) upload.readableBytes()));

            upload.write(ByteBuffer.wrap(BYTES, 200_000, 100_000));
            upload.publish(upload.digest(Algorithm.SHA256));
            upload.discard();

            assertThat(read(reader, BYTES.length)).isEqualTo(BYTES);
        }
    }

    private static byte[] start(int length) {
        return Arrays.copyOf(BYTES, length);
    }

    private static byte[] read(ByteSource source, int length) {
        var into = ByteBuffer.allocate(length);
        while (into.hasRemaining() && source.read(into, into.position()) > 0) {
            // read on
        }
        return into.array();
    }
}
