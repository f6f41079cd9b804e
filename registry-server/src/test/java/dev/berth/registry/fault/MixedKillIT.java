package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed again and again while images are pushed, pulled and deleted, and collection runs. */
final class MixedKillIT {
    private static final int KILLS = 5 * Scenario.FACTOR;
    private static final int CLIENTS = 12;
    /** More images than are pushed between two kills; all are looked at in the end. */
    private static final int SINCE_THE_LAST_KILL = 400;

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();

    @Test
    void what_was_acknowledged_survives_every_kill_9() throws Exception {
        var random = new Random(1);
        var scenario = new Scenario("kill -9", ledger);
        for (var kill = 0; kill < KILLS; kill++) {
            try (var server = FaultServer.start(folder, folder.resolve("data"));
                    var http = HttpClient.newHttpClient()) {
                scenario.checkNewest(SINCE_THE_LAST_KILL, http, server.url("/"));
                var enough = ledger.operations() + 300 + random.nextInt(1_500);
                try (var _ = Crowd.of(CLIENTS, http, server.url("/"), ledger, Set.of())) {
                    Awaitility.await("traffic")
                            .atMost(Duration.ofMinutes(2))
                            .pollInterval(Duration.ofMillis(7))
                            .until(() -> ledger.operations() >= enough);
                    server.kill();
                }
                assertThat(server.output()).doesNotContain(" ERROR ");
            }
        }
        try (var server = FaultServer.start(folder, folder.resolve("data"));
                var http = HttpClient.newHttpClient()) {
            scenario.check(http, server.url("/"));
            assertThat(server.output()).doesNotContain(" ERROR ");
        }
        scenario.report(KILLS + " kills");
    }
}
