package dev.berth.registry.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** distribution, the registry that most people come from, as a process over a folder. */
record DistributionProcess(Process process, int port, Path volume) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Which of those that people run. */
    enum Release {
        V2_8("2.8"),
        V3("3");

        private final String name;

        Release(String name) {
            this.name = name;
        }
    }

    /** Gets it first where it isn't yet; a test without it isn't run, and says why. */
    static DistributionProcess start(Release release, Path folder) throws IOException {
        return start(release, folder, "", "");
    }

    /**
     * One that asks for a password over TLS.
     *
     * @param users as `htpasswd -B` writes them
     * @param tls   a folder with `tls.crt` and `tls.key`
     */
    static DistributionProcess secured(Release release, Path folder, Path users, Path tls) throws IOException {
        return start(
                release,
                folder,
                "auth: {htpasswd: {realm: it, path: %s}}".formatted(users),
                ", tls: {certificate: %1$s/tls.crt, key: %1$s/tls.key}".formatted(tls));
    }

    private static DistributionProcess start(Release release, Path folder, String auth, String tls) throws IOException {
        var built = CommandRun.of(Map.of(), Duration.ofMinutes(20), List.of("bin/distribution", release.name));
        if (!built.succeeded()) {
            System.out.println("This isn't run, since distribution " + release.name + " can't be had here: " + built);
        }
        assumeTrue(built.succeeded(), built::toString);
        var port = freePort();
        var volume = folder.resolve("volume");
        var config = Files.writeString(folder.resolve("distribution.yaml"), """
            version: 0.1
            log: {accesslog: {disabled: true}, level: error}
            storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
            http: {addr: "127.0.0.1:%d"%s}
            %s
            """.formatted(volume, port, tls, auth));
        var builder = new ProcessBuilder(built.answer(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("distribution.log").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        var registry = new DistributionProcess(builder.start(), port, volume);
        Awaitility.await("distribution to serve").atMost(PATIENCE).until(registry::answers);
        return registry;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private boolean answers() {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Ends it at once. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
