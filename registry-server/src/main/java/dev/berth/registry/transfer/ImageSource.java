package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Something of another form that holds bytes by their digest. It is only read. For any thread. */
public interface ImageSource {
    /** How many they are; empty when they are gone. */
    OptionalLong size(Digest digest);

    /** The bytes; empty when they are gone. */
    Optional<InputStream> open(Digest digest) throws IOException;

    /** Lets a blob have these bytes, whose digest is right. */
    Adoption give(Digest digest, AdoptBlobs adopt) throws IOException;

    /** How it is called in messages. */
    String name();

    /** Reads all of a small one; of a larger one the part up to the limit, which then has another digest. */
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
