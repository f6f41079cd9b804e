package dev.berth.registry.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file in the data folder with the address of its server. It is valid only while that server has the lock. */
final class ServerAddress {
    private static final String FILE = "server";

    private ServerAddress() {}

    /** The address of the server; empty if it has not written it yet, or is of a version that writes none. */
    static Optional<URI> in(Path folder) {
        try {
            return Optional.of(URI.create(Files.readString(folder.resolve(FILE)).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static void write(Path folder, URI server) {
        try {
            Files.writeString(folder.resolve(FILE), server + "\n");
        } catch (IOException e) {
            throw new StorageUnavailable("the data folder " + folder + " can't be written to: " + e.getMessage(), e);
        }
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
