package dev.berth.registry.fault;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server as a process whose collection runs all the while, and takes what it may as soon as it may. */
final class FaultServer {
    private FaultServer() {}

    static ServerProcess start(Path folder, Path data) throws IOException {
        var config = Files.writeString(folder.resolve("config.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %s}, lease: %ds}
                maintenance:
                  collection: {enabled: true, interval: 1s}
                  untagged: {policy: remove, after: 5s}
                """.formatted(data, Traffic.LEASE.toSeconds()));
        // Started hundreds of times and killed soon: what compiles longer is killed before it pays.
        return ServerProcess.withJava("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .start(folder, "--config", config.toString());
    }
}
