package dev.berth.registry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** distribution, the registry that most people come from, as a process over a folder. */
record DistributionProcess(Process process, LoopbackPort port, Path volume) implements AutoCloseable {
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

    /** What differs from one to the next, as YAML. */
    private record Differs(String storage, String auth, String tls) {}

    /** Gets it first where it isn't yet; a test without it isn't run, and says why. */
    static DistributionProcess start(Release release, Path folder) throws IOException {
        return start(release, folder, new Differs(filesystem(folder), "", ""));
    }

    /**
     * One that asks for a password over TLS.
     *
     * @param users as `htpasswd -B` writes them
     * @param tls   a folder with `tls.crt` and `tls.key`
     */
    static DistributionProcess secured(Release release, Path folder, Path users, Path tls) throws IOException {
        return start(release, folder, new Differs(filesystem(folder), auth(users), tls(tls)));
    }

    /** One like that whose blobs are elsewhere, and which sends those who ask for them there. */
    static DistributionProcess redirecting(S3Gateway blobs, Path folder, Path users, Path tls) throws IOException {
        var storage = """
            s3: {regionendpoint: "%s", skipverify: true, forcepathstyle: true, region: us-east-1,
              bucket: %s, accesskey: %s, secretkey: %s}\
            """.formatted(blobs.url(), S3Gateway.BUCKET, S3Gateway.ACCESS_KEY, S3Gateway.SECRET_KEY);
        return start(Release.V3, folder, new Differs(storage, auth(users), tls(tls)));
    }

    private static String filesystem(Path folder) {
        return "filesystem: {rootdirectory: %s}".formatted(volume(folder));
    }

    private static Path volume(Path folder) {
        return folder.resolve("volume");
    }

    private static String auth(Path users) {
        return "auth: {htpasswd: {realm: it, path: %s}}".formatted(users);
    }

    private static String tls(Path tls) {
        return ", tls: {certificate: %1$s/tls.crt, key: %1$s/tls.key}".formatted(tls);
    }

    private static DistributionProcess start(Release release, Path folder, Differs differs) throws IOException {
        var built = CommandRun.of(Map.of(), Duration.ofMinutes(20), List.of("bin/distribution", release.name));
        var program = built.orSkip("This", "distribution " + release.name);
        var port = LoopbackPort.free();
        var config = Files.writeString(folder.resolve("distribution.yaml"), """
            version: 0.1
            log: {accesslog: {disabled: true}, level: error}
            storage: {%s, delete: {enabled: true}}
            http: {addr: "%s"%s}
            %s
            """.formatted(
                        differs.storage(), port, differs.tls(), differs.auth()));
        var builder = new ProcessBuilder(program, "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("distribution.log").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        var registry = new DistributionProcess(builder.start(), port, volume(folder));
        Awaitility.await("distribution to serve").atMost(PATIENCE).until(port::answers);
        return registry;
    }

    String address() {
        return port.toString();
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
