package dev.berth.registry.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published is on the disk by then, as the JVM's own recording of file forces tells: no test could cut the power. */
final class ForcedFilesTest {
    private static final UploadId ID = UploadId.random(new Random(4));
    private static final byte[] BYTES = new byte[200_000];

    @TempDir
    private Path folder;

    @TempDir
    private Path recordings;

    @Test
    void an_upload_in_one_piece() throws IOException {
        var store = FilesystemBlobStore.open(folder, new Hashing());

        assertThat(forced(() -> publish(store.create(ID, Algorithm.SHA256), BYTES)))
                .contains(upload());
    }

    @Test
    void an_upload_that_was_left_and_is_only_finished_later() throws IOException {
        var store = FilesystemBlobStore.open(folder, new Hashing());
        write(store.create(ID, Algorithm.SHA256), BYTES).close();

        assertThat(forced(() ->
                        publish(store.resume(ID, Algorithm.SHA256, BYTES.length).orElseThrow(), new byte[0])))
                .contains(upload());
    }

    @Test
    void an_upload_whose_server_was_killed_meanwhile() throws IOException {
        write(FilesystemBlobStore.open(folder, new Hashing()).create(ID, Algorithm.SHA256), BYTES)
                .close();
        var restarted = FilesystemBlobStore.open(folder, new Hashing());

        assertThat(forced(() -> publish(
                        restarted.resume(ID, Algorithm.SHA256, BYTES.length).orElseThrow(), new byte[0])))
                .contains(upload());
    }

    @Test
    void a_large_upload_while_it_comes() throws IOException {
        var store = FilesystemBlobStore.open(folder, new Hashing());
        byte[] step = new byte[(int) Writeback.STEP_BYTES];

        var before = new AtomicLong();
        var forced = forced(() -> {
            try (var upload = write(store.create(ID, Algorithm.SHA256), step)) {
                before.set(upload.offsetBytes());
            }
        });

        assertThat(before).hasValue(step.length);
        assertThat(forced).as("nobody has published it").contains(upload());
    }

    private String upload() {
        return folder.resolve("uploads").resolve(ID.value()).toString();
    }

    private static void publish(BlobUpload upload, byte[] bytes) {
        try (upload) {
            write(upload, bytes).publish(upload.digest(Algorithm.SHA256));
        }
    }

    private static BlobUpload write(BlobUpload upload, byte[] bytes) {
        upload.write(ByteBuffer.wrap(bytes));
        return upload;
    }

    /** The files that were forced meanwhile. */
    private List<String> forced(Runnable work) throws IOException {
        var events = recordings.resolve("forces.jfr");
        try (var recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(events);
        }
        return RecordingFile.readAllEvents(events).stream()
                .map(event -> event.getString("path"))
                .toList();
    }
}
