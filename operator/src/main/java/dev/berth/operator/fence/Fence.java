package dev.berth.operator.fence;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confines an exception that one object causes: it becomes a line of the log and a count of the metric
 * `berth_operator_faults_total{where}`, and the work for all other objects goes on. Any thread.
 *
 * <p>For code that runs outside a reconciliation, in informers and polls. There an exception has no object to be reported on,
 * and would end what serves everybody.
 */
public final class Fence {

    private static final Logger log = LoggerFactory.getLogger(Fence.class);

    private final MeterRegistry meters;

    public Fence(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Does some work about one object.
     *
     * @param where the place in the code, for the metric: few, and fixed
     * @param subject the object, for the log
     * @param otherwise the result when the work throws
     */
    public <R> R get(String where, Object subject, Supplier<R> work, R otherwise) {
        try {
            return work.get();
        } catch (RuntimeException fault) {
            report(where, subject, fault);
            return otherwise;
        } catch (StackOverflowError nested) { // a text that is nested too deeply; the trace of the stack says nothing
            report(where, subject, new IllegalStateException(nested.toString()));
            return otherwise;
        }
    }

    /** Does some work about one object that has no result. */
    public void run(String where, Object subject, Runnable work) {
        get(
                where,
                subject,
                () -> {
                    work.run();
                    return true;
                },
                false);
    }

    /** A mapper that wakes nobody on behalf of an object that it can't make sense of. */
    public <R extends HasMetadata> SecondaryToPrimaryMapper<R> mapper(
            String where, SecondaryToPrimaryMapper<R> mapper) {
        return object -> get(where, name(object), () -> mapper.toPrimaryResourceIDs(object), Set.of());
    }

    private void report(String where, Object subject, RuntimeException fault) {
        meters.counter("berth.operator.faults", "where", where).increment();
        log.error("{}: {} could not be dealt with; everything else goes on", where, subject, fault);
    }

    private static String name(HasMetadata object) {
        var metadata = object.getMetadata();
        return object.getKind() + " "
                + (metadata == null ? "without metadata" : metadata.getNamespace() + "/" + metadata.getName());
    }
}
