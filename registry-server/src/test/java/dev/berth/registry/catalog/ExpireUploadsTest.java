package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.UploadSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExpireUploadsTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final Duration EXPIRY = Duration.ofHours(2);

    private final StoppedClock clock = new StoppedClock();
    private final OpenCatalog open;

    ExpireUploadsTest(@TempDir Path folder) {
        open = OpenCatalog.with(new StorageSettings(folder, Duration.ofDays(1), new UploadSettings(EXPIRY, 3)), clock);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void what_nobody_goes_on_with_goes_bytes_and_all() {
        var old = start();
        try (var writer = open(old)) {
            writer.write(ByteBuffer.wrap(OpenCatalog.bytes("never mind")));
        }
        assertThat(open.files("uploads")).containsExactly(old.id().value());
        clock.advance(Duration.ofHours(1));
        var young = start();
        clock.advance(Duration.ofHours(1));

        assertThat(expire()).isEqualTo(1);

        assertThat(push().find(WEB, old.id())).isEmpty();
        assertThat(open.files("uploads")).isEmpty();
        assertThat(push().find(WEB, young.id())).isPresent();
    }

    @Test
    void a_chunk_makes_an_upload_young_again() {
        var upload = start();
        clock.advance(Duration.ofMinutes(119));
        open(upload).close();
        clock.advance(Duration.ofMinutes(119));

        assertThat(expire()).isZero();
    }

    @Test
    void one_that_a_request_writes_to_stays_however_long_that_takes() {
        var upload = start();
        try (var writer = open(upload)) {
            clock.advance(Duration.ofDays(3));
            writer.write(ByteBuffer.wrap(OpenCatalog.bytes("slow")));
            assertThat(expire()).isZero();
        }
        assertThat(push().find(WEB, upload.id()).orElseThrow().offsetBytes()).isEqualTo(4);
    }

    @Test
    void many_go_in_one_run() {
        for (int i = 0; i < 250; i++) {
            assertThat(push().start(WEB, "user-" + i, Algorithm.SHA256)).isInstanceOf(StartUpload.Started.class);
        }
        clock.advance(EXPIRY);

        assertThat(expire()).isEqualTo(250);
        assertThat(open.stores().metadata().totals().read().uploads()).isZero();
    }

    @Test
    void a_user_has_so_many_open_and_no_more_until_one_is_over() {
        var first = start();
        start();
        start();
        assertThat(push().start(WEB, "anna", Algorithm.SHA256)).isEqualTo(new StartUpload.TooMany(3));
        assertThat(open.stores().metadata().totals().read().uploads()).isEqualTo(3);

        push().cancel(WEB, first.id());

        start();
    }

    @Test
    void those_who_do_not_log_in_share_ten_times_as_many() {
        for (int i = 0; i < 30; i++) {
            assertThat(push().start(WEB, "", Algorithm.SHA256)).isInstanceOf(StartUpload.Started.class);
        }
        assertThat(push().start(WEB, "", Algorithm.SHA256)).isEqualTo(new StartUpload.TooMany(30));
    }

    private UploadSession start() {
        return ((StartUpload.Started) push().start(WEB, "anna", Algorithm.SHA256)).session();
    }

    private UploadWriter open(UploadSession upload) {
        return ((AppendUpload.Ready) push().append(WEB, upload.id())).writer();
    }

    private long expire() {
        return ExpireUploads.of(open.stores()).run(clock.instant());
    }

    private PushBlob push() {
        return open.pushBlob();
    }
}
