package dev.berth.registry.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
    private static final int LARGEST_ANSWER = 1 << 20;

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
        } catch (IOException e) {
            var usual = volumes.resolve(name).resolve("_data");
            if (Files.isReadable(usual)) {
                return usual;
            }
            throw new TransferException(
                    "The Docker volume " + name + " can't be found: the Docker Engine does not answer at " + socket
                            + " ("
                            + FileProblem.of(e) + "), and " + usual + " can't be read. Run this as root on the machine"
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

    private Path mountpoint(String name) throws IOException {
        var answer = ask("/volumes/" + name);
        var head = answer.split("\r\n\r\n", 2);
        var status = head[0].split(" ", 3);
        if (head.length < 2 || status.length < 2) {
            throw new IOException("it answers no HTTP");
        }
        if (status[1].equals("404")) {
            throw new TransferException("Docker has no volume " + name + "; `docker volume ls` lists them.");
        }
        var place = new ObjectMapper().readTree(head[1]).path("Mountpoint").asText();
        if (!status[1].equals("200") || place.isEmpty()) {
            throw new IOException("it answers with status " + status[1] + " and names no folder");
        }
        return Path.of(place);
    }

    /** HTTP/1.0, so that the engine closes the connection after the answer. */
    private String ask(String path) throws IOException {
        try (var engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var request = ByteBuffer.wrap(
                    ("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) {
                engine.write(request);
            }
            return new String(Channels.newInputStream(engine).readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }
}
