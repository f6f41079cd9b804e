package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.BlobContent.LocalFile;
import dev.berth.registry.database.RepeatingDatabase;
import dev.berth.registry.database.SqliteDatabase;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The storage in a folder, and the few words that its tests are written in. */
public record OpenCatalog(Path folder, Stores stores, PushBlob pushBlob) implements AutoCloseable {
    /** One that keeps every blob as a file, so that short texts will do. */
    static OpenCatalog in(Path folder) {
        return with(
                new StorageSettings(folder, StorageSettings.DEFAULT_LEASE, UploadSettings.DEFAULT, 0),
                Clock.systemUTC());
    }

    /** One with another clock, and other times than the defaults. About half of its changes run twice, as after a lost transaction. */
    public static OpenCatalog with(StorageSettings settings, Clock clock) {
        return of(Stores.open(settings, clock, file -> RepeatingDatabase.sometimes(SqliteDatabase.open(file))));
    }

    static OpenCatalog of(Stores stores) {
        return new OpenCatalog(stores.settings().folder(), stores, PushBlob.of(stores, new SecureRandom()));
    }

    /** As after a restart. */
    OpenCatalog reopened() {
        close();
        return in(folder);
    }

    public Digest push(RepositoryName repository, String text) {
        var bytes = bytes(text);
        var digest = Algorithm.SHA256.digestOf(bytes);
        try (var writer = pushBlob.startWhole(repository, Algorithm.SHA256)) {
            writer.write(ByteBuffer.wrap(bytes));
            assertThat(writer.finish(digest)).isEqualTo(new FinishUpload.Stored(digest, bytes.length));
        }
        return digest;
    }

    public Optional<String> pull(RepositoryName repository, Digest digest) {
        return PullBlob.of(stores).find(repository, digest).map(OpenCatalog::read);
    }

    /** The names of all files below a part of the folder, such as `uploads` or `blobs`. */
    public List<String> files(String part) {
        try (var files = Files.walk(folder.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stores.close();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(BlobContent content) {
        try {
            return switch (content) {
                case LocalFile file -> Files.readString(file.path());
                case BlobContent.Bytes(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
