package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Images in another format, whose bytes are found by digest. Nothing is written to it. Any thread may use it. */
public interface ImageSource {
    /** The size of a blob or manifest; empty if the source doesn't have it. */
    OptionalLong size(Digest digest);

    /** Opens a blob or manifest; empty if the source doesn't have it. */
    Optional<InputStream> open(Digest digest) throws IOException;

    /** Stores these bytes as a blob. The caller has compared their digest. */
    Adoption give(Digest digest, AdoptBlobs adopt) throws IOException;

    /** What messages call this source. */
    String name();

    /** Reads a blob or manifest, up to `limitBytes`. What is cut off there no longer has its digest. */
    default Optional<byte[]> read(Digest digest, int limitBytes) {
        try {
            var found = open(digest);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (var bytes = found.get()) {
                return Optional.of(bytes.readNBytes(limitBytes));
            }
        } catch (IOException e) {
            throw unreadable(digest + " in " + name(), e);
        }
    }

    private static String why(Exception e) {
        return e instanceof IOException file ? FileProblem.of(file) : String.valueOf(e.getMessage());
    }

    static TransferException unreadable(Object what, Exception e) {
        return new TransferException(what + " can't be read (" + why(e) + "); run this as a user who may read it", e);
    }
}
