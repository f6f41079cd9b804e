package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import java.nio.file.Path;

/** Blob stores for tests of other rooms. */
public enum BlobStores {
    WITH_HARD_LINKS {
        @Override
        public BlobStore open(Path folder) {
            return FilesystemBlobStore.open(folder, new Hashing());
        }
    },
    WITH_COPIES {
        @Override
        public BlobStore open(Path folder) {
            return FilesystemBlobStore.open(folder, new Hashing(), uploads -> false);
        }
    };

    public abstract BlobStore open(Path folder);
}
