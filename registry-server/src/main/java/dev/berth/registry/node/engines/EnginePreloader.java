package dev.berth.registry.node.engines;

import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.node.preload.PreloadList;
import dev.berth.registry.node.preload.Preloading;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the images that the Docker Engine of this machine is to have in advance. One thread runs it; any thread asks for its report. */
public final class EnginePreloader implements Preloading {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final EngineAddress engine;
    private final Supplier<List<PreloadList>> lists;
    private final EngineRound round;
    private volatile List<PreloadReport> report = List.of();

    /** @param lists the images of all hosts in the list of this machine */
    public EnginePreloader(EngineAddress engine, DockerFolder logins, Supplier<List<PreloadList>> lists) {
        this.engine = engine;
        this.round = new EngineRound(logins);
        this.lists = lists;
    }

    @Override
    public List<PreloadReport> report() {
        return report;
    }

    @Override
    public void run() {
        try {
            while (true) {
                var wanted = EngineRound.forDockerHosts(lists.get());
                report =
                        wanted.isEmpty() ? List.of() : round.run(engine, wanted).hosts();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }
}
