package dev.berth.registry.metadata.blob;

import dev.berth.registry.reference.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step of collection has deleted from the metadata.
 *
 * @param links        how many blobs were removed from a repository; other repositories may still have them
 * @param blobs        blobs that no repository has any more, and whose bytes are to be deleted
 * @param repositories how many empty repositories were deleted
 */
public record Released(long links, List<Digest> blobs, long bytes, long repositories) {
    public Released {
        blobs = List.copyOf(blobs);
    }

    /** Counts while a transaction runs. For one thread. */
    static final class Count {
        private final List<Digest> blobs = new ArrayList<>();
        private long links;
        private long bytes;
        private long repositories;

        void links(int more) {
            links += more;
        }

        void blob(Digest digest, long sizeBytes) {
            blobs.add(digest);
            bytes += sizeBytes;
        }

        void repositories(int more) {
            repositories += more;
        }

        Released total() {
            return new Released(links, blobs, bytes, repositories);
        }
    }
}
