package dev.berth.registry.transfer;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A folder of another form that holds bytes by their digest. It is only read. */
interface Source {
    /** Where the bytes are, if they are there. */
    Path bytes(Digest digest);

    /** Whether a blob may share its bytes with the folder, or is to have its own. */
    boolean mayShare();

    /** How many they are; empty when they are gone. */
    default OptionalLong size(Digest digest) {
        var file = bytes(digest);
        try {
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads all of a small one; of a larger one the part up to the limit, which then has another digest. */
    default Optional<byte[]> read(Digest digest, int limitBytes) {
        var file = bytes(digest);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var bytes = Files.newInputStream(file)) {
            return Optional.of(bytes.readNBytes(limitBytes));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static TransferException unreadable(Path path, Exception e) {
        return new TransferException(path + " can't be read (" + e + "); run this as a user who may read it", e);
    }
}
