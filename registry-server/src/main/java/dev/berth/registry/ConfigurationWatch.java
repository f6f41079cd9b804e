package dev.berth.registry;

import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.InvalidSettings;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration's files once a second and puts changes in use. It compares bytes, not times, since Kubernetes swaps whole folders by a
 * symbolic link. A change counts when it is the same at two looks, since a file may be half written. A configuration that cannot be used is
 * logged once and tried again, and the one before stays in use.
 */
final class ConfigurationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration STANDING_STILL = Duration.ofMillis(300);

    private final SettingsSource source;
    private final Function<Configuration, Runnable> rooms;
    private final ServerSettings started;
    private final Thread thread;
    private volatile Configuration loaded;
    private String seen;
    private boolean refused;
    private String complaint = "";

    private ConfigurationWatch(SettingsSource source, Configuration loaded, Function<Configuration, Runnable> rooms) {
        this.source = source;
        this.rooms = rooms;
        this.started = loaded.settings();
        this.loaded = loaded;
        this.seen = loaded.revision();
        this.thread = Thread.ofVirtual().name("configuration-watch").unstarted(this::run);
    }

    /**
     * Watches until closed.
     *
     * @param rooms checks a configuration, and returns what puts it in use
     */
    static ConfigurationWatch start(
            SettingsSource source, Configuration loaded, Function<Configuration, Runnable> rooms) {
        var watch = new ConfigurationWatch(source, loaded, rooms);
        watch.thread.start();
        return watch;
    }

    /** The revision of the configuration in use. */
    String revision() {
        return loaded.revision();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() throws InterruptedException {
        try {
            var now = revisionOfFiles();
            if ((!now.equals(seen) || refused) && standsStill(now)) {
                seen = now;
                take(Configuration.load(source));
            }
        } catch (InvalidSettings e) {
            complain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // a fault here must not end the watch
            LOG.error("The changed configuration could not be taken", e);
        }
    }

    private String revisionOfFiles() {
        return FileContents.read(loaded.files().files()).revision();
    }

    private boolean standsStill(String revision) throws InterruptedException {
        Thread.sleep(STANDING_STILL);
        return revisionOfFiles().equals(revision);
    }

    private void take(Configuration changed) {
        var refusal = ReloadRefusal.of(loaded, changed);
        if (refusal.isPresent()) {
            throw new InvalidSettings(refusal.get());
        }
        if (changed.revision().equals(loaded.revision())) {
            taken(changed); // the file is again as it was before
            return;
        }
        var putInForce = rooms.apply(changed);
        Loosenings.of(loaded, changed).forEach(more -> LOG.warn("The changed configuration allows more. {}", more));
        var later = RestartNeeded.of(started, changed.settings());
        if (!later.isEmpty()) {
            LOG.warn("A restart is needed for what changed in {}", String.join(", ", later));
        }
        putInForce.run();
        taken(changed);
        LOG.info("The configuration was read again; its revision is {}", changed.revision());
    }

    private void taken(Configuration configuration) {
        loaded = configuration;
        seen = configuration.revision();
        refused = false;
        complaint = "";
    }

    private void complain(String message) {
        refused = true;
        if (!message.equals(complaint)) {
            complaint = message;
            LOG.error("The server keeps its configuration, because the changed one has an error: {}", message);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
