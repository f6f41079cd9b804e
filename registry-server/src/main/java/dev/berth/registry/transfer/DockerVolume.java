package dev.berth.registry.transfer;

import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.EngineAddress.UnixSocket;
import dev.berth.registry.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the folder of a Docker volume. It asks the Docker Engine (Engine API, "Inspect a volume"), and looks into Docker's own folder if the
 * engine does not answer.
 *
 * @param socket  the engine's Unix socket
 * @param volumes the folder in which Docker keeps its volumes by default
 */
public record DockerVolume(Path socket, Path volumes) {
    static final DockerVolume DEFAULT =
            new DockerVolume(Path.of("/var/run/docker.sock"), Path.of("/var/lib/docker/volumes"));

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    /** The engine that `DOCKER_HOST` names, if it is a Unix socket, else the usual one. */
    public static DockerVolume of(Optional<String> dockerHost) {
        return dockerHost
                .filter(host -> host.startsWith("unix://"))
                .map(host -> new DockerVolume(Path.of(host.substring("unix://".length())), DEFAULT.volumes()))
                .orElse(DEFAULT);
    }

    /**
     * The folder of a volume.
     *
     * @throws TransferException if there is no such volume, or this user can't read it
     */
    public Path folder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new TransferException(
                    "\"" + name + "\" is no name of a Docker volume; `docker volume ls` lists them.");
        }
        try {
            return readable(name, mountpoint(name));
        } catch (EngineException e) {
            var usual = volumes.resolve(name).resolve("_data");
            if (Files.isReadable(usual)) {
                return usual;
            }
            throw new TransferException(
                    "The Docker volume " + name + " can't be found. " + e.getMessage() + " And " + usual
                            + " can't be read. Run this as root on the machine"
                            + " that runs Docker, or name the folder: `docker volume inspect " + name
                            + "` prints it as Mountpoint.",
                    e);
        }
    }

    private static Path readable(String name, Path folder) {
        if (!Files.isReadable(folder)) {
            throw new TransferException("Docker keeps the volume " + name + " in " + folder
                    + ", which can't be read here. Run this as root on the machine that runs Docker.");
        }
        return folder;
    }

    private Path mountpoint(String name) {
        try (var engine = DockerEngine.connect(new UnixSocket(socket))) {
            return engine.volume(name)
                    .orElseThrow(() ->
                            new TransferException("Docker has no volume " + name + "; `docker volume ls` lists them."));
        }
    }
}
