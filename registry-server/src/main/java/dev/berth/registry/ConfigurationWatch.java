package dev.berth.registry;

import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.InvalidSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether the configuration's files still say what they did, and hands on what changed. It compares bytes, not times:
 * Kubernetes swaps whole folders by a symbolic link. What can't be taken is said once, and what was there before stays.
 */
final class ConfigurationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final SettingsSource source;
    private final Consumer<Configuration> taker;
    private final Thread thread;
    private volatile Configuration loaded;
    private String seen;
    private String complaint = "";

    private ConfigurationWatch(SettingsSource source, Configuration loaded, Consumer<Configuration> taker) {
        this.source = source;
        this.taker = taker;
        this.loaded = loaded;
        this.seen = loaded.revision();
        this.thread = Thread.ofVirtual().name("configuration-watch").unstarted(this::run);
    }

    static ConfigurationWatch start(SettingsSource source, Configuration loaded, Consumer<Configuration> taker) {
        var watch = new ConfigurationWatch(source, loaded, taker);
        watch.thread.start();
        return watch;
    }

    /** Of the configuration that is in force. */
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

    private void look() {
        try {
            var now = FileContents.read(loaded.files().files()).revision();
            if (!now.equals(seen)) {
                seen = now;
                take(Configuration.load(source));
            }
        } catch (InvalidSettings e) {
            complain(String.valueOf(e.getMessage()));
        }
    }

    private void take(Configuration configuration) {
        taker.accept(configuration);
        loaded = configuration;
        seen = configuration.revision();
        complaint = "";
        LOG.info("The configuration was read again; its revision is {}", configuration.revision());
    }

    private void complain(String message) {
        if (!message.equals(complaint)) {
            complaint = message;
            LOG.error("The changed configuration isn't taken, the one before stays: {}", message);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
