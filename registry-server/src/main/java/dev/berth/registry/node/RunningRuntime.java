package dev.berth.registry.node;

import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.FoundRuntime;
import dev.berth.registry.cri.RuntimeVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The version of the container runtime that is set up on this node, from its own API. One thread asks once a minute; any thread reads. */
final class RunningRuntime implements Runnable {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final CriSockets sockets;
    private final Supplier<String> configured;
    private volatile Optional<RuntimeVersion> found = Optional.empty();

    /** @param configured the name of the runtime that is set up on this node */
    RunningRuntime(CriSockets sockets, Supplier<String> configured) {
        this.sockets = sockets;
        this.configured = configured;
    }

    /** The version, such as `2.1.9`; empty while no runtime answers, or another one than is set up. */
    Optional<String> version() {
        return found.filter(runtime -> runtime.name().equals(configured.get())).map(RuntimeVersion::version);
    }

    /** Asks until its thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                look();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    /** Asks once. A runtime that is being restarted keeps the version that it had. */
    void look() throws InterruptedException {
        if (sockets.find() instanceof FoundRuntime.Found(var _, var version)) {
            found = Optional.of(version);
        }
    }
}
