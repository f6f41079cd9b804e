package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step of collection took out of the metadata.
 *
 * @param links        blobs that a repository has lost, though another may have them still
 * @param blobs        those that nobody has any more, whose bytes go next
 * @param repositories that held nothing any more
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
