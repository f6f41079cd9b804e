package dev.berth.registry.node.restart;

import dev.berth.registry.node.restart.Change.State;
import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a drop-in to the configuration of this node's runtime and restarts the runtime, once. If the runtime does not come up, the drop-in goes again and
 * stays away. One thread runs it; any thread may say what is wanted and ask for the doubt.
 */
public final class RuntimeChanges {
    /** A change that an agent began and did not finish is tried once more. */
    static final int MOST_ATTEMPTS = 2;

    static final String RECORD = "berth-runtime-change";

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeChanges.class);

    private final NodeRoot root;
    private final Path folder;
    private final RuntimeStart start;
    private final RestartTurn turn;

    private volatile Optional<DropIn> wanted = Optional.empty();
    private volatile Optional<Change> change = Optional.empty();
    private volatile boolean working;
    private volatile String hindrance = "";

    /**
     * @param folder where the record of a change lies, such as `/etc/containerd` as this process sees it
     * @param start restarts the runtime
     */
    public RuntimeChanges(NodeRoot root, Path folder, RuntimeStart start, RestartTurn turn) {
        this.root = root;
        this.folder = folder;
        this.start = start;
        this.turn = turn;
    }

    /**
     * What is to be said about a runtime that does not read the files that were written.
     *
     * @param doubt what a person would have to do; empty if there is no doubt
     * @param dropIn what would end the doubt; empty if only a person can
     */
    public Optional<String> doubt(Optional<String> doubt, Optional<DropIn> dropIn) {
        wanted = doubt.flatMap(_ -> dropIn);
        if (working) {
            return Optional.of("the runtime is being restarted with a new file in its configuration");
        }
        return doubt.map(remedy -> change.map(known -> afterwards(known, remedy))
                .orElseGet(() ->
                        wanted.map(this::before).orElse(remedy + " (the agent has no place for a file of its own)")));
    }

    private String before(DropIn dropIn) {
        return hindrance.isEmpty()
                ? "the agent adds " + dropIn.onTheNode() + " and restarts " + dropIn.unit() + " when no other node does"
                : "the agent would add " + dropIn.onTheNode() + " and restart " + dropIn.unit() + ", but " + hindrance;
    }

    private String afterwards(Change known, String remedy) {
        return known.state() == State.TAKEN_BACK
                ? "the agent took " + known.file() + " back: " + known.why() + "; to let it try again, delete "
                        + root.onTheNode(folder.resolve(RECORD)) + ", or do it yourself: " + remedy
                : remedy;
    }

    /**
     * Does what is due, until its thread is interrupted. Nodes that wait for their turn ask at different times.
     *
     * @param due whether a pull by the name of a registry has been tried in vain, so that the change is needed
     * @param restarted called after the runtime was restarted
     */
    public void run(BooleanSupplier due, Runnable restarted) {
        try {
            while (true) {
                if (look(due)) {
                    restarted.run();
                }
                var pause = hindrance.isEmpty() ? PAUSE : LONG_PAUSE;
                Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(PAUSE.toMillis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    /**
     * Does what is due.
     *
     * @return whether the runtime was restarted
     */
    boolean look(BooleanSupplier due) throws InterruptedException {
        try {
            change = Change.read(folder.resolve(RECORD));
            var open = change.filter(known -> known.state() == State.TRYING);
            var next = wanted;
            if (open.isPresent()) {
                return inTurn(() -> resume(open.get()));
            } else if (change.isEmpty() && next.isPresent() && due.getAsBoolean()) {
                start.check(next.get().unit()); // or nothing is written
                return inTurn(() -> begin(next.get()));
            }
        } catch (IOException e) {
            hinder(String.valueOf(e.getMessage()));
        }
        return false;
    }

    /**
     * Removes the drop-in and the record of it, and restarts the runtime.
     *
     * @return what could not be done
     */
    public Optional<String> remove() {
        try {
            var known = Change.read(folder.resolve(RECORD));
            if (known.isEmpty()) {
                return Optional.empty();
            }
            var removed = !known.get().file().isEmpty()
                    && DropIn.remove(root.here(known.get().file()));
            record().remove();
            if (removed) {
                start.begin(known.get().unit());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the change of the runtime's configuration: " + e.getMessage());
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Does the work if it is this node's turn.
     *
     * @return whether it was
     */
    private boolean inTurn(Work work) throws IOException, InterruptedException {
        if (!turn.take()) {
            return false;
        }
        try {
            hindrance = "";
            work.run();
            return true;
        } finally {
            working = false;
            turn.giveBack();
        }
    }

    private void begin(DropIn dropIn) throws IOException, InterruptedException {
        working = true;
        var attempt = new Change(State.TRYING, dropIn.onTheNode(), dropIn.unit(), 1, "");
        write(attempt);
        dropIn.write();
        LOG.info("added {}; restarting {}", dropIn.onTheNode(), dropIn.unit());
        settle(attempt);
    }

    /** The agent was stopped before it knew how the restart went. */
    private void resume(Change open) throws IOException, InterruptedException {
        working = true;
        if (open.attempts() >= MOST_ATTEMPTS) {
            takeBack(open, "the agent was stopped twice while it waited for the runtime");
        } else {
            var attempt = open.again();
            write(attempt);
            settle(attempt);
        }
    }

    private void settle(Change attempt) throws IOException, InterruptedException {
        var why = start.restart(attempt.unit());
        if (why.isPresent()) {
            takeBack(attempt, why.get());
        } else {
            LOG.info("{} runs with {}", attempt.unit(), attempt.file());
            write(attempt.in(State.IN_FORCE, ""));
        }
    }

    private void takeBack(Change failed, String why) throws IOException, InterruptedException {
        LOG.error("{} does not come up with {}, which is taken back: {}", failed.unit(), failed.file(), why);
        write(failed.in(State.TAKEN_BACK, why));
        DropIn.remove(root.here(failed.file()));
        var still = start.restart(failed.unit());
        if (still.isPresent()) {
            LOG.error("{} does not come up without it either: {}", failed.unit(), still.get());
            write(failed.in(State.TAKEN_BACK, why + "; without it: " + still.get()));
        }
    }

    private void write(Change now) throws IOException {
        record().write(now.text());
        change = Optional.of(now);
    }

    private MarkedFile record() {
        return MarkedFile.ofTheInstallation(folder, RECORD);
    }

    private void hinder(String why) {
        if (!why.equals(hindrance)) {
            LOG.warn("the runtime's configuration stays as it is: {}", why);
        }
        hindrance = why;
    }
}
