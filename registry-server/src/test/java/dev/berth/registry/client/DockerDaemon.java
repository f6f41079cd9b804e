package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Docker Engine of the tests' own, on a Unix socket and a port of this machine.
 *
 * @param arguments how Docker's client and Berth's `engine` name its port
 */
record DockerDaemon(Daemon daemon, Path socket, List<String> arguments) implements AutoCloseable {
    /** @param path where its programs are */
    static DockerDaemon plain(Path folder, String path) throws IOException {
        var port = LoopbackPort.free();
        return start(folder, path, List.of("--host=tcp://" + port), List.of("-H", "tcp://" + port));
    }

    /**
     * One that wants a certificate of its clients.
     *
     * @param certificates with server.crt, server.key, client.crt and client.key, each of which vouches for itself
     */
    static DockerDaemon secured(Path folder, String path, Path certificates) throws IOException {
        var port = LoopbackPort.free();
        return start(
                folder,
                path,
                List.of(
                        "--host=tcp://" + port,
                        "--tlsverify",
                        "--tlscacert=" + certificates.resolve("client/tls.crt"),
                        "--tlscert=" + certificates.resolve("server/tls.crt"),
                        "--tlskey=" + certificates.resolve("server/tls.key")),
                List.of(
                        "-H",
                        "tcp://" + port,
                        "--tlsverify",
                        "--tlscacert=" + certificates.resolve("server/tls.crt"),
                        "--tlscert=" + certificates.resolve("client/tls.crt"),
                        "--tlskey=" + certificates.resolve("client/tls.key")));
    }

    private static DockerDaemon start(Path folder, String path, List<String> options, List<String> arguments)
            throws IOException {
        var socket = folder.resolve("docker.sock");
        var command = new ArrayList<>(List.of(
                "env", // looks the daemon up in the path that it is given
                "dockerd",
                "--host=unix://" + socket,
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("docker.pid"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--storage-driver=vfs"));
        command.addAll(options);
        var answers =
                List.of("curl", "-sf", "--max-time", "5", "--unix-socket", socket.toString(), "http://docker/_ping");
        var daemon = Daemon.start(
                folder, path, command, () -> CommandRun.of(Map.of(), answers).succeeded());
        return new DockerDaemon(daemon, socket, arguments);
    }

    @Override
    public void close() {
        daemon.close();
    }
}
