package dev.berth.operator.fence;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confines an exception that one object causes: it is logged and counted by the metric
 * `berth_operator_faults_total{where}`, and the work for all other objects continues. Any thread.
 *
 * <p>It is for code outside of reconciliations, in informers and polls. An exception there has no object whose status
 * could report it, and would end what serves all objects.
 */
public final class Fence {
    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);

    private final MeterRegistry meters;

    public Fence(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Does work about one object.
     *
     * @param where the place in the code, for the metric: one of a few fixed words
     * @param subject the object, for the log
     * @param otherwise the result if the work throws an exception
     */
    public <R> R get(String where, Object subject, Supplier<R> work, R otherwise) {
        try {
            return work.get();
        } catch (RuntimeException fault) {
            report(where, subject, fault);
            return otherwise;
        } catch (StackOverflowError nested) { // a text that is nested too deeply; the stack trace would not help
            report(where, subject, new IllegalStateException(nested.toString()));
            return otherwise;
        }
    }

    /** Does work about one object that has no result. */
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

    /** A mapper that wakes nothing for an object that causes an exception. */
    public <R extends HasMetadata> SecondaryToPrimaryMapper<R> mapper(
            String where, SecondaryToPrimaryMapper<R> mapper) {
        return object -> get(where, name(object), () -> mapper.toPrimaryResourceIDs(object), Set.of());
    }

    private void report(String where, Object subject, RuntimeException fault) {
        meters.counter("berth.operator.faults", "where", where).increment();
        LOG.error("{}: {} caused an exception; the work for all other objects continues", where, subject, fault);
    }

    private static String name(HasMetadata object) {
        var metadata = object.getMetadata();
        return object.getKind() + " "
                + (metadata == null ? "without metadata" : metadata.getNamespace() + "/" + metadata.getName());
    }
}
