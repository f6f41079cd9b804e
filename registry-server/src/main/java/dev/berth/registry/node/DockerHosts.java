package dev.berth.registry.node;

import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.node.engines.EngineFleet;
import dev.berth.registry.node.engines.EngineReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Docker hosts, this machine or others, that get the images of a list of hosts by the API of their engines. Files are written on none of them. */
public final class DockerHosts {
    private static final Logger LOG = LoggerFactory.getLogger(DockerHosts.class);

    /** A pull of an image that is there costs a request to its registry, which some registries count. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final HostsSource source;
    private final FollowedHosts followed = new FollowedHosts();
    private final EngineFleet engines;

    /**
     * @param hosts the folder with the parts of the list of hosts, or a file with the whole list
     * @param logins the logins for registries that `docker login` has stored
     */
    public DockerHosts(Path hosts, List<EngineAddress> engines, DockerFolder logins) {
        this.source = new HostsSource(hosts);
        this.engines = new EngineFleet(engines, logins);
    }

    /**
     * The result of asking all engines once.
     *
     * @param complete whether all have all images
     * @param problem why the list of hosts is not followed in its present version
     */
    public record Round(boolean complete, Optional<String> problem) {}

    /**
     * Reads the list, and asks each engine for each image.
     *
     * @param tell hears of each engine as soon as it is done
     */
    public Round round(Consumer<EngineReport> tell) throws InterruptedException {
        var problem = followed.take(source.read(true));
        var lists = followed.shards().stream()
                .flatMap(shard -> shard.preloads().stream())
                .toList();
        return new Round(engines.round(lists, tell), problem);
    }

    /** Asks all engines again and again until `stop` is counted down. The log tells what has changed. */
    public void follow(CountDownLatch stop) throws InterruptedException {
        var before = new ConcurrentHashMap<EngineAddress, EngineReport>();
        do {
            var round = round(report -> {
                if (!report.equals(before.put(report.engine(), report))) {
                    LOG.atLevel(report.complete() ? Level.INFO : Level.WARN).log("{}", report);
                }
            });
            round.problem().ifPresent(why -> LOG.warn("{}; what was read last still holds", why));
        } while (!stop.await(PAUSE.toSeconds(), TimeUnit.SECONDS));
    }
}
