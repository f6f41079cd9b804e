package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A container runtime that runs on a machine, and the client that people or kubelet use for it. */
interface Engine extends AutoCloseable {
    /** What it says about its version. */
    String version();

    /** The options that make an agent set it up. */
    List<String> agentOptions();

    /**
     * Pulls {@link ClusterRegistry#HOST}'s `image` although it may be there already.
     *
     * @param password of {@link ClusterRegistry#USER}; empty to pull without credentials
     */
    CommandRun pull(String image, Optional<String> password);

    /** The digest of the image that was pulled. */
    String digest(String image);

    /** Runs the image that was pulled and returns what its first process prints: the processes that it sees. */
    String processes(String image);

    /** What a container has printed, once its first process has said which processes it sees. */
    static String printed(Supplier<CommandRun> logs) {
        return Awaitility.await("the output of the container")
                .atMost(Duration.ofSeconds(30))
                .until(() -> logs.get().orFail().output(), text -> text.contains("/bin/ps"));
    }

    @Override
    void close();
}
