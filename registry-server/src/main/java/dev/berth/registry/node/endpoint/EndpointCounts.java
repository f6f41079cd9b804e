package dev.berth.registry.node.endpoint;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many requests had which outcome. For any thread. */
public final class EndpointCounts {
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    /** What became of a request. */
    public enum Outcome {
        /** The runtime has the whole answer of a Registry, whatever it says. */
        PASSED("passed"),
        /** The Registry was not asked, since it had not answered before. */
        AWAY("away"),
        /** No answer came in time. */
        UNANSWERED("unanswered"),
        /** The body stalled or broke off. */
        CUT("cut"),
        /** The runtime hung up. */
        LEFT("left"),
        /** The request is not one for an image of a listed host. */
        REFUSED("refused"),
        /** Too many requests were under way. */
        BUSY("busy");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word in metrics. */
        public String word() {
            return word;
        }
    }

    /** One of the numbers. */
    public record Count(Outcome outcome, long requests) {}

    EndpointCounts() {
        Arrays.stream(Outcome.values()).forEach(outcome -> counts.put(outcome, new LongAdder()));
    }

    void add(Outcome outcome) {
        counts.getOrDefault(outcome, new LongAdder()).increment();
    }

    List<Count> all() {
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue().sum()))
                .toList();
    }
}
