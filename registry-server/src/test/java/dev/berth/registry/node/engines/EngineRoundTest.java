package dev.berth.registry.node.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.hosts.Preload;
import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.FakeEngine;
import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class EngineRoundTest {
    private static final PreloadList IMAGES = new PreloadList(
            new RegistryHost(
                    new HostName("apps.team-a.svc"),
                    Endpoint.parse("https://10.96.62.25"),
                    Optional.empty(),
                    FallBack.NONE),
            new Preload(List.of("slow:1", "web:1"), List.of()));

    @Test
    @Timeout(30)
    void a_registry_that_drips_holds_an_engine_up_for_a_while_and_not_for_ever(@TempDir Path folder) {
        try (var engine =
                FakeEngine.on(folder.resolve("docker.sock")).on("POST /images/create", EngineRoundTest::drip)) {
            var round = new EngineRound(new DockerFolder(folder), Duration.ofSeconds(1));
            var report = round.run(engine.address(), List.of(IMAGES));
            assertThat(report.complete()).isFalse();
            assertThat(report.hosts()).singleElement().satisfies(host -> {
                assertThat(host.failed()).isEqualTo(2);
                assertThat(host.toString()).contains("web:1: not pulled within the 1 s for all images of this engine");
            });
            assertThat(engine.asked())
                    .filteredOn(asked -> asked.line().contains("/images/create"))
                    .as("the image after it is not asked for any more")
                    .hasSize(1);
        }
    }

    /** Progress without end. */
    private static void drip(HttpServerRequest request) {
        var response = request.response().setChunked(true);
        var vertx = Vertx.currentContext().owner();
        vertx.setPeriodic(50, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
            } else {
                response.write("{\"status\":\"Downloading\",\"id\":\"a\"}\n");
            }
        });
    }
}
