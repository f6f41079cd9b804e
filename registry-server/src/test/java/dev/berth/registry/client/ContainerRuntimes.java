package dev.berth.registry.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The container runtimes of several versions that tests pull with. */
public final class ContainerRuntimes {
    private static final Duration FETCH = Duration.ofMinutes(25);

    private ContainerRuntimes() {}

    /** The folder that holds them, as `e2e/bin/runtimes` describes it. Fetches what is not in the cache. */
    public static Path fetched() {
        return Path.of(CommandRun.of(Map.of(), FETCH, List.of("../e2e/bin/runtimes"))
                .orFail()
                .answer());
    }
}
