package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under concurrent pushes, and has room again later, several times over. */
final class FullDiskIT {
    private static final int DISK_MIB = 64;
    /** As much of the disk as somebody else takes, unless it's full before. */
    private static final long BALLAST_BYTES = 24L * 1024 * 1024;

    private static final int ROUNDS = Math.min(30, 2 * Scenario.FACTOR);
    private static final int CLIENTS = 8;
    private static final int OPERATIONS_WHILE_FULL = 500;
    private static final int NO_ROOM = 507;
    private static final int IMAGES_KEPT = 50;

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), DISK_MIB);
    }

    @AfterEach
    void unmount() throws Exception {
        disk.unmount();
    }

    @Test
    void pushes_are_refused_with_507_pulls_go_on_and_all_is_well_when_there_is_room() throws Exception {
        var scenario = new Scenario("full disk", ledger);
        try (var server = FaultServer.start(folder, disk.path().resolve("data"));
                var http = HttpClient.newHttpClient()) {
            for (var round = 0; round < ROUNDS; round++) {
                disk.fill(BALLAST_BYTES);
                try (var crowd = Crowd.of(CLIENTS, http, server.url("/"), ledger, Set.of(NO_ROOM))) {
                    var refusals = ledger.refusals();
                    Awaitility.await("a full disk")
                            .atMost(Duration.ofSeconds(90))
                            .until(() -> ledger.refusals() > refusals);
                    var enough = ledger.operations() + OPERATIONS_WHILE_FULL;
                    Awaitility.await("requests to a full disk")
                            .atMost(Duration.ofMinutes(2))
                            .until(() -> ledger.operations() >= enough);
                    assertThat(crowd.isThere()).as("clients are served").isTrue();
                }
                scenario.check(http, server.url("/"));
                disk.makeRoom();
                deleteMost(http, server.url("/"));
                Awaitility.await("a push after there was room again")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> pushes(http, server.url("/")));
            }
        }
        try (var server = FaultServer.start(folder, disk.path().resolve("data"));
                var http = HttpClient.newHttpClient()) {
            scenario.check(http, server.url("/"));
        }
        assertThat(ledger.refusals()).as("pushes for which there was no room").isPositive();
        scenario.report(ROUNDS + " times full");
    }

    private boolean pushes(HttpClient http, URI server) throws IOException, InterruptedException {
        var before = ledger.all().size();
        new Traffic(new Client(http, server, ledger), "after-" + ledger.operations(), Set.of(NO_ROOM)).push();
        return ledger.all().size() > before;
    }

    /** Else what was acknowledged would fill the disk by itself after some rounds. */
    private void deleteMost(HttpClient http, URI server) throws IOException, InterruptedException {
        var traffic = new Traffic(new Client(http, server, ledger), "delete-" + ledger.operations(), Set.of(NO_ROOM));
        while (ledger.all().size() > IMAGES_KEPT) {
            traffic.delete();
        }
    }
}
