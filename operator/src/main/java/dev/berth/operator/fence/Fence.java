package dev.berth.operator.fence;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code that depends on what one object holds, inside a loop or an informer's handler that serves all objects. An exception becomes a log
 * line and one more in the counter `berth_operator_faults_total{where}`; whoever called goes on. Any thread.
 */
public final class Fence {
    private static final Logger log = LoggerFactory.getLogger(Fence.class);
    private static final String FAULTS = "berth.operator.faults";

    private final MeterRegistry meters;

    public Fence(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Runs `action`.
     *
     * @param where which part of the operator this is, such as `node-agents`: a label of the counter, so one of a few words
     * @param object what it is about, such as `team-a/apps`: for the log only
     */
    public void run(String where, String object, Runnable action) {
        get(
                where,
                object,
                () -> {
                    action.run();
                    return true;
                },
                false);
    }

    /** Returns what `action` returns, or `otherwise` when it throws. */
    public <T> T get(String where, String object, Supplier<T> action, T otherwise) {
        try {
            return action.get();
        } catch (RuntimeException fault) {
            count(where);
            log.error("{}: {} was passed over", where, object, fault);
            return otherwise;
        } catch (StackOverflowError fault) { // text that is nested deeply; its stack trace says nothing
            count(where);
            log.error("{}: {} was passed over: {}", where, object, fault.toString());
            return otherwise;
        }
    }

    private void count(String where) {
        meters.counter(FAULTS, "where", where).increment();
    }
}
