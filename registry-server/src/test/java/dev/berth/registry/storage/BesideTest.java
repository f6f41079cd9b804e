package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageInUse;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that is read beside the one that has the folder. */
final class BesideTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");

    @TempDir
    private Path folder;

    @Test
    void it_sees_what_the_other_stores_and_removes() {
        try (var server = OpenCatalog.in(folder);
                var beside = beside()) {
            assertThat(beside.pull(WEB, Algorithm.SHA256.digestOf(OpenCatalog.bytes("one"))))
                    .isEmpty();
            var one = server.push(WEB, "one");
            assertThat(beside.pull(WEB, one)).contains("one");
            assertThat(beside.stores().metadata().totals().read().blobs()).isEqualTo(1);
        }
    }

    @Test
    void uploads_that_the_other_is_taking_are_left_alone() {
        try (var server = OpenCatalog.in(folder);
                var writer = server.pushBlob().startWhole(WEB, Algorithm.SHA256)) {
            writer.write(ByteBuffer.wrap(new byte[100_000]));
            var files = server.files("uploads");
            beside().close();
            assertThat(server.files("uploads")).isEqualTo(files).isNotEmpty();
            assertThat(writer.finish(Algorithm.SHA256.digestOf(new byte[100_000])))
                    .isInstanceOf(FinishUpload.Stored.class);
        }
    }

    @Test
    void nothing_can_be_stored_by_it() {
        try (var server = OpenCatalog.in(folder);
                var beside = beside()) {
            var one = server.push(WEB, "one");
            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> DeleteBlob.of(beside.stores()).delete(WEB, one));
            assertThat(server.pull(WEB, one)).contains("one");
        }
    }

    @Test
    void it_gives_nothing_back_that_is_the_others() {
        try (var server = OpenCatalog.in(folder)) {
            server.stores().announce(URI.create("http://127.0.0.1:5001"));
            beside().close();
            assertThatExceptionOfType(StorageInUse.class)
                    .isThrownBy(() -> OpenCatalog.in(folder))
                    .satisfies(refused -> assertThat(refused.server()).isPresent());
        }
    }

    private OpenCatalog beside() {
        return OpenCatalog.of(Stores.beside(new StorageSettings(folder), Clock.systemUTC()));
    }
}
