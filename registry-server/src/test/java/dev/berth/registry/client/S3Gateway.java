package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** versitygw, an object store by the S3 protocol over TLS, as a process over a folder. It writes down the headers of its requests. */
record S3Gateway(Daemon daemon, LoopbackPort port) implements AutoCloseable {
    static final String BUCKET = "berth";
    static final String ACCESS_KEY = "gateway";
    static final String SECRET_KEY = "gateway-secret";

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern REQUEST =
            Pattern.compile("(?s)\\[URL]: (?<url>\\S+)\n[^\n]*REQUEST HEADERS[^\n]*\n(?<headers>.*?)\n└");

    /** One request, as the gateway saw it. */
    record Seen(String url, String userAgent, boolean authorized) {}

    /**
     * Builds it first where it isn't yet; a test without it isn't run, and says why.
     *
     * @param tls a folder with `tls.crt` and `tls.key`
     */
    static S3Gateway start(Path folder, Path tls) throws IOException {
        var built = CommandRun.of(Map.of(), Duration.ofMinutes(20), List.of("bin/versitygw"));
        var program = built.orSkip("This", "versitygw");
        var buckets = Files.createDirectories(folder.resolve("buckets"));
        Files.createDirectory(buckets.resolve(BUCKET));
        var attributes = Files.createDirectory(folder.resolve("attributes"));
        var port = LoopbackPort.free();
        var command = List.of(
                program,
                "--port=" + port,
                "--access=" + ACCESS_KEY,
                "--secret=" + SECRET_KEY,
                "--cert=" + tls.resolve("tls.crt"),
                "--key=" + tls.resolve("tls.key"),
                "--quiet",
                "--log-level=debug",
                "posix",
                "--sidecar=" + attributes, // not every file system keeps them with the files
                buckets.toString());
        return new S3Gateway(
                Daemon.start(folder, System.getenv().getOrDefault("PATH", ""), command, port::answers), port);
    }

    String url() {
        return "https://" + port;
    }

    /** All so far, in order. Requests at the same time would be mixed up: ask one after the other. */
    List<Seen> requests() throws IOException {
        return REQUEST.matcher(COLOUR.matcher(Files.readString(daemon.log())).replaceAll(""))
                .results()
                .map(request -> new Seen(
                        request.group("url"),
                        header(request.group("headers"), "User-Agent").orElse(""),
                        header(request.group("headers"), "Authorization").isPresent()))
                .toList();
    }

    private static Optional<String> header(String headers, String name) {
        var line = Pattern.compile("(?im)^│ " + name + "\\s+: (.*?)\\s+│$").matcher(headers);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
