package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.Output;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.ImageName;
import dev.berth.registry.engine.RegistryLogin;
import java.time.Clock;
import java.util.Optional;

/** Lets an engine pull or push an image with the login that a command's options choose, and shows how far each layer is. */
record LayerTransfer(Session session, RegistryCredentials credentials, Output output) {
    void pull(DockerEngine engine, ImageName image) {
        var login = login(image);
        try (var board = board()) {
            engine.images().pull(image, login, board);
        }
    }

    /** The digest that the registry has the image by, if the engine says so. */
    Optional<String> push(DockerEngine engine, ImageName image) {
        var login = login(image);
        try (var board = board()) {
            return engine.images().push(image, login, board);
        }
    }

    /** May ask for a password, so it comes before anything is shown. */
    private Optional<RegistryLogin> login(ImageName image) {
        return credentials.login(image.registry(), session.folder());
    }

    private LayerBoard board() {
        return new LayerBoard(output.display(), output.err(), Clock.systemUTC());
    }
}
