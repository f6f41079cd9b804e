package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same on a file system that has no hard links. */
final class CopyingBlobStoreTest extends BlobStoreContract {
    @TempDir
    private Path folder;

    @Override
    BlobStore open() {
        return FilesystemBlobStore.open(folder, new Hashing(), uploads -> false);
    }
}
