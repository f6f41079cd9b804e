package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RepeatingBlobStoreTest extends BlobStoreContract {
    @TempDir
    private Path folder;

    @Override
    BlobStore open() {
        return new RepeatingBlobStore(FilesystemBlobStore.open(folder, new Hashing()));
    }
}
