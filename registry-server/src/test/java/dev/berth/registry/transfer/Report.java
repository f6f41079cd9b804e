package dev.berth.registry.transfer;

import java.util.ArrayList;
import java.util.List;

/** What a transfer told, for tests. */
public final class Report implements Reporter {
    private final List<Problem> problems = new ArrayList<>();
    private long done;
    private long total;

    @Override
    public synchronized void begins(Stage stage, long all) {
        done = 0;
        total = all;
    }

    @Override
    public synchronized void advances(long by) {
        done += by;
    }

    @Override
    public synchronized void finds(Problem problem) {
        problems.add(problem);
    }

    public synchronized List<String> problems() {
        return problems.stream().map(Problem::toString).toList();
    }

    /** Whether the last part came to the end that it had announced. */
    synchronized boolean isComplete() {
        return done == total;
    }
}
