package dev.berth.registry.node.engines;

import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.ImageName;
import dev.berth.registry.node.preload.PreloadList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets engines pull images. A pull of an image that the engine has costs a request for its manifest, so an engine is simply asked for all. Any thread
 * may use it.
 *
 * @param logins the logins for registries that `docker login` has stored
 * @param longest how long one engine may take, since a registry that sends a byte now and then would hold up the others for ever
 */
record EngineRound(DockerFolder logins, Duration longest) {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    EngineRound(DockerFolder logins) {
        this(logins, LONGEST);
    }

    /** Ends a pull at the next word of its engine, which comes within minutes. */
    private static final class Late extends RuntimeException {}

    /** Those lists that are for machines without labels, as Docker hosts are. */
    static List<PreloadList> forDockerHosts(List<PreloadList> lists) {
        return lists.stream().filter(list -> list.preload().selects(Map.of())).toList();
    }

    /** Asks an engine for each image once. */
    EngineReport run(EngineAddress address, List<PreloadList> lists) {
        var end = System.nanoTime() + longest.toNanos();
        try (var engine = DockerEngine.connect(address)) {
            return new EngineReport(
                    address,
                    Optional.empty(),
                    lists.stream().map(list -> pull(engine, list, end)).toList());
        } catch (EngineException e) {
            var why = e.failure().sentence();
            return new EngineReport(
                    address,
                    Optional.of(why),
                    lists.stream().map(list -> absent(list, why)).toList());
        }
    }

    private PreloadReport pull(DockerEngine engine, PreloadList list, long end) {
        int present = 0;
        Optional<String> newest = Optional.empty();
        for (var image : list.preload().images()) {
            var why = pull(engine, list.host().name() + "/" + image, end);
            present += why.isEmpty() ? 1 : 0;
            newest = why.isPresent() ? why : newest;
        }
        int images = list.preload().images().size();
        return new PreloadReport(list.host().name().text(), images, present, images - present, newest);
    }

    /** @return why the engine does not have the image; empty if it has */
    private Optional<String> pull(DockerEngine engine, String text, long end) {
        try {
            checkTime(end);
            var image = ImageName.parse(text);
            engine.images().pull(image, logins.login(image.registry()), _ -> checkTime(end));
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(text + ": " + e.failure().sentence());
        } catch (Late e) {
            return Optional.of(text + ": not pulled within the " + longest.toSeconds()
                    + " s for all images of this engine; it is tried again");
        }
    }

    private static void checkTime(long end) {
        if (System.nanoTime() - end > 0) {
            throw new Late();
        }
    }

    private static PreloadReport absent(PreloadList list, String why) {
        int images = list.preload().images().size();
        return new PreloadReport(list.host().name().text(), images, 0, images, Optional.of(why));
    }
}
