package dev.berth.registry.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Another server has locked the data folder. */
public final class StorageInUse extends StorageUnavailable {
    private final Optional<URI> server;

    StorageInUse(Path folder, Optional<URI> server) {
        super("another server is using " + folder + "; stop it, or give this one a data folder of its own");
        this.server = server;
    }

    /** The address of that server for commands on this machine, if it is known. */
    public Optional<URI> server() {
        return server;
    }
}
