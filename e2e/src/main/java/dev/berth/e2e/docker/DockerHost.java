package dev.berth.e2e.docker;

import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Docker daemon that clusters run in: one that runs already, else one that this run starts and ends. The programs and images of our own
 * daemon stay in the cache folder.
 */
public record DockerHost(URI address, String reason, Optional<Path> ownFolder) implements AutoCloseable {
    /** A daemon that answers; starts our own if there is none. */
    public static DockerHost choose() {
        return running().orElseGet(DockerHost::startOwn);
    }

    /** A daemon that answers, if there is one. Our own is tried last. */
    public static Optional<DockerHost> running() {
        var environment = System.getenv();
        if (environment.containsKey("DOCKER_HOST")) {
            var named = URI.create(environment.get("DOCKER_HOST"));
            return Optional.of(new DockerHost(named, "DOCKER_HOST names it", Optional.empty()));
        }
        return Stream.of(
                        "/var/run/docker.sock",
                        environment.getOrDefault("XDG_RUNTIME_DIR", "/run/user/0") + "/docker.sock",
                        System.getProperty("user.home") + "/.docker/run/docker.sock")
                .map(Path::of)
                .filter(DockerHost::answers)
                .findFirst()
                .map(socket -> new DockerHost(unix(socket), "it answers", Optional.empty()))
                .or(() -> answers(OwnDaemon.socket()) ? Optional.of(own()) : Optional.empty());
    }

    private static DockerHost startOwn() {
        Checkout.script(Map.of(), "docker-daemon", "start", OwnDaemon.folder().toString());
        return own();
    }

    private static DockerHost own() {
        return new DockerHost(
                unix(OwnDaemon.socket()), "our own, for no other answers", Optional.of(OwnDaemon.folder()));
    }

    private static URI unix(Path socket) {
        return URI.create("unix://" + socket);
    }

    private static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Ends our own daemon unless containers still run in it. Other daemons are left alone. It ends after this process, because Testcontainers
     * removes containers until the end of the process.
     */
    @Override
    public void close() {
        ownFolder.ifPresent(folder -> Checkout.scriptAside(
                folder.resolve("stop.log"),
                "docker-daemon",
                "stop",
                folder.toString(),
                Long.toString(ProcessHandle.current().pid())));
    }
}
