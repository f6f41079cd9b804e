package dev.berth.registry.fault;

import dev.berth.registry.RegistryServer;
import dev.berth.registry.ServerSettings;
import dev.berth.registry.SettingsSource;
import dev.berth.registry.settings.Section;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock is set forward and back by up to days under traffic and collection: nobody's push loses what it was promised. */
final class ClockJumpIT {
    private static final int JUMPS = 40 * Scenario.FACTOR;
    private static final Duration LARGEST_JUMP = Duration.ofDays(3);
    private static final long PAUSE_MILLIS = 200;
    private static final int CLIENTS = 8;

    @TempDir
    private Path folder;

    @Test
    void nothing_is_lost_however_the_clock_is_set() throws Exception {
        var clock = new JumpingClock();
        var random = new Random(3);
        var scenario = new Scenario("clock jumps", new Ledger());
        try (var server = RegistryServer.start(SettingsSource.of(settings()), clock);
                var http = HttpClient.newHttpClient()) {
            var url = URI.create("http://" + server.address() + "/");
            try (var _ = Crowd.of(CLIENTS, http, url, scenario.ledger(), Set.of())) {
                for (var jump = 0; jump < JUMPS; jump++) {
                    clock.jumpTo(Duration.ofMillis(random.nextLong(-LARGEST_JUMP.toMillis(), LARGEST_JUMP.toMillis())));
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
            scenario.check(http, url);
        }
        scenario.report(JUMPS + " jumps");
    }

    private ServerSettings settings() {
        return Section.read(
                Map.of(
                        "http", Map.of("host", "127.0.0.1", "port", 0),
                        "management", Map.of("port", 0),
                        "storage",
                                Map.of(
                                        "filesystem",
                                        Map.of("path", folder.resolve("data").toString()),
                                        "lease",
                                        Traffic.LEASE.toSeconds() + "s"),
                        "maintenance", Map.of("collection", Map.of("interval", "1s"))),
                ServerSettings::from);
    }
}
