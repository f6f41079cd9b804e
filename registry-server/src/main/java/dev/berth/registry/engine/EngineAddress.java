package dev.berth.registry.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a Docker Engine listens, as `DOCKER_HOST` and `-H` name it. Its text is what a person would write. */
public sealed interface EngineAddress {
    int PLAIN_PORT = 2375;
    int TLS_PORT = 2376;

    /** Where the engine of this machine listens unless its configuration says otherwise. */
    UnixSocket USUAL = new UnixSocket(Path.of("/var/run/docker.sock"));

    /** A socket of this machine. */
    record UnixSocket(Path path) implements EngineAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /**
     * A port, of this machine or another.
     *
     * @param host a name or an IP address; an IPv6 address without brackets
     * @param tls the files for TLS; empty for plain HTTP
     */
    record Tcp(String host, int port, Optional<EngineTls> tls) implements EngineAddress {
        @Override
        public String toString() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Reads `unix:///run/docker.sock`, `tcp://10.0.0.5:2376`, `10.0.0.5:2375` or `10.0.0.5`.
     *
     * @param tls used for TCP only; without it, the usual port is 2375, else 2376
     * @throws EngineException with what was expected
     */
    static EngineAddress parse(String text, Optional<EngineTls> tls) {
        var colon = text.indexOf("://");
        var scheme = colon < 0 ? "tcp" : text.substring(0, colon);
        var rest = colon < 0 ? text : text.substring(colon + "://".length());
        return switch (scheme) {
            case "unix" -> socket(text, rest);
            case "tcp", "http", "https" -> tcp(text, rest, tls);
            case "ssh" ->
                throw wrong(
                        text,
                        "Berth opens no SSH connections. Forward the socket with `ssh -nNT -L /tmp/docker.sock:"
                                + "/var/run/docker.sock " + rest + "`, and use -H unix:///tmp/docker.sock");
            default -> throw wrong(text, "write unix:///var/run/docker.sock or tcp://HOST:PORT");
        };
    }

    private static EngineAddress socket(String text, String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw wrong(text, "the path of a socket begins with a slash, such as unix:///var/run/docker.sock");
        }
        return new UnixSocket(Path.of(path));
    }

    private static EngineAddress tcp(String text, String authority, Optional<EngineTls> tls) {
        try {
            var url = new URI("tcp://" + authority);
            var host = url.getHost();
            var isBare = url.getPath().isEmpty() || url.getPath().equals("/");
            if (host == null || !isBare || url.getUserInfo() != null || url.getQuery() != null) {
                throw wrong(text, "write tcp://HOST:PORT, with an IPv6 address in brackets");
            }
            var usual = tls.isPresent() ? TLS_PORT : PLAIN_PORT;
            return new Tcp(host.replaceAll("[\\[\\]]", ""), url.getPort() < 0 ? usual : url.getPort(), tls);
        } catch (URISyntaxException e) {
            throw wrong(text, "write tcp://HOST:PORT, with an IPv6 address in brackets");
        }
    }

    private static EngineException wrong(String text, String expected) {
        return new EngineException(new EngineFailure.Misconfigured(
                "\"" + Printable.of(text) + "\" is no address of a Docker Engine: " + expected + "."));
    }
}
