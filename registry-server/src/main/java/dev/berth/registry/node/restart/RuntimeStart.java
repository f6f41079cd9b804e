package dev.berth.registry.node.restart;

import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.FoundRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Restarts the runtime, and finds out whether it has come up: its unit is active, and it answers as kubelet's runtime (CRI). */
public final class RuntimeStart {
    /** containerd reads the state of all containers before it answers. With hundreds of them that takes seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A runtime that ends again right after its start has not come up. */
    private static final int TIMES = 3;

    private final NodeServices services;
    private final CriSockets sockets;
    private final String runtime;
    private final Duration longest;
    private final Duration pause;

    /** @param runtime the name of the runtime in CRI, such as `containerd` */
    public RuntimeStart(NodeServices services, CriSockets sockets, String runtime) {
        this(services, sockets, runtime, LONGEST, PAUSE);
    }

    RuntimeStart(NodeServices services, CriSockets sockets, String runtime, Duration longest, Duration pause) {
        this.services = services;
        this.sockets = sockets;
        this.runtime = runtime;
        this.longest = longest;
        this.pause = pause;
    }

    /**
     * Checks that the unit runs and that the runtime answers.
     *
     * @throws IOException why a restart is not safe
     */
    void check(String unit) throws IOException, InterruptedException {
        var state = services.state(unit);
        if (!state.isActive()) {
            throw new IOException(unit + " is " + state.active() + ", so the runtime is not started by it");
        }
        var silent = whyNotUp();
        if (silent.isPresent()) {
            throw new IOException(silent.get());
        }
    }

    /** Asks for a restart and does not wait. */
    void begin(String unit) throws IOException {
        services.restart(unit);
    }

    /**
     * Restarts the runtime and waits until it has come up.
     *
     * @return why it has not; empty if it has
     */
    Optional<String> restart(String unit) throws InterruptedException {
        try {
            var before = services.state(unit).activeSince();
            services.restart(unit);
            return await(unit, before);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> await(String unit, long before) throws InterruptedException {
        var why = Optional.of("it was not restarted");
        var end = System.nanoTime() + longest.toNanos();
        for (int times = 0; times < TIMES && System.nanoTime() < end; ) {
            Thread.sleep(pause);
            why = whyNotUp(unit, before);
            times = why.isEmpty() ? times + 1 : 0;
        }
        return why.map(reason -> "not up after " + longest.toSeconds() + " s, " + reason);
    }

    private Optional<String> whyNotUp(String unit, long before) throws InterruptedException {
        try {
            var state = services.state(unit);
            return state.isActive() && state.activeSince() != before
                    ? whyNotUp()
                    : Optional.of(unit + " is " + state.active());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> whyNotUp() throws InterruptedException {
        return switch (sockets.find()) {
            case FoundRuntime.Found(var _, var version) ->
                version.name().equals(runtime)
                        ? Optional.empty()
                        : Optional.of("the runtime on the CRI socket is " + version.name());
            case FoundRuntime.None(var why) -> Optional.of(why);
        };
    }
}
