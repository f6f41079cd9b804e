package dev.berth.registry.node.engines;

import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.node.preload.PreloadList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Docker Engines, some of which are asked at the same time. One that is away does not hold up the others. */
public final class EngineFleet {
    static final int AT_ONCE = 8;

    private final List<EngineAddress> engines;
    private final EngineRound round;

    public EngineFleet(List<EngineAddress> engines, DockerFolder logins) {
        this.engines = List.copyOf(engines);
        this.round = new EngineRound(logins);
    }

    /**
     * Asks each engine for each image once.
     *
     * @param tell hears of each engine as soon as it is done, from one thread at a time
     * @return whether all engines have all images
     */
    public boolean round(List<PreloadList> lists, Consumer<EngineReport> tell) throws InterruptedException {
        var wanted = EngineRound.forDockerHosts(lists);
        try (var workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            try {
                return workers
                        .invokeAll(engines.stream()
                                .<Callable<Boolean>>map(engine -> () -> isComplete(engine, wanted, tell))
                                .toList())
                        .stream()
                        .allMatch(Future::resultNow);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private boolean isComplete(EngineAddress engine, List<PreloadList> wanted, Consumer<EngineReport> tell) {
        var report = round.run(engine, wanted);
        synchronized (this) {
            tell.accept(report);
        }
        return report.complete();
    }
}
