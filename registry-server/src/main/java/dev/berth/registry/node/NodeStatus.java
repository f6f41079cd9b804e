package dev.berth.registry.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent says about itself at `/status`, for the operator to read. It does not grow with the list of hosts: hosts that are set up are
 * counted, and only some of the others are named.
 *
 * @param sequences which write of each part of the list this node follows, by the part's number; empty until one was read
 * @param problem why the list as it is now is not followed
 * @param doubt why the runtime may not read what is written, and what to do
 * @param notApplicable why nothing is written on this node at all
 * @param counts how many hosts are in which state
 * @param hosts those that are not set up, by name, at most {@link #NAMED_AT_MOST}
 * @param more how many more are not set up
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record NodeStatus(
        String version,
        String runtime,
        List<Long> sequences,
        Optional<String> problem,
        Optional<String> doubt,
        Optional<String> notApplicable,
        Map<State, Integer> counts,
        List<HostStatus> hosts,
        int more) {

    static final int NAMED_AT_MOST = 100;
    private static final int LONGEST_MESSAGE = 300;
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    NodeStatus {
        sequences = List.copyOf(sequences);
        hosts = List.copyOf(hosts);
    }

    /** An agent that hasn't looked yet. */
    static NodeStatus starting(String version, String runtime) {
        return new NodeStatus(
                version,
                runtime,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                count(List.of()),
                List.of(),
                0);
    }

    NodeStatus following(List<Long> sequences, Optional<String> problem) {
        return new NodeStatus(version, runtime, sequences, problem, doubt, notApplicable, counts, hosts, more);
    }

    NodeStatus with(Optional<String> doubt, Optional<String> notApplicable) {
        return new NodeStatus(version, runtime, sequences, problem, doubt, notApplicable, counts, hosts, more);
    }

    /** @param all hosts of the list, by name */
    NodeStatus with(List<HostStatus> all) {
        List<HostStatus> troubled =
                all.stream().filter(host -> host.state() != State.Configured).toList();
        List<HostStatus> named = troubled.stream()
                .limit(NAMED_AT_MOST)
                .map(HostStatus::shortened)
                .toList();
        int unnamed = troubled.size() - named.size();
        return new NodeStatus(version, runtime, sequences, problem, doubt, notApplicable, count(all), named, unnamed);
    }

    /** One host of this node. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record HostStatus(String name, State state, Optional<String> message) {
        static HostStatus of(String name, HostOutcome outcome) {
            return switch (outcome) {
                case HostOutcome.Configured c -> new HostStatus(name, State.Configured, Optional.empty());
                case HostOutcome.Conflict c -> new HostStatus(name, State.Conflict, Optional.of(c.message()));
                case HostOutcome.Failed f -> new HostStatus(name, State.Failed, Optional.of(f.message()));
            };
        }

        private HostStatus shortened() {
            return new HostStatus(cut(name), state, message.map(HostStatus::cut));
        }

        private static String cut(String text) {
            return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
        }
    }

    /** Written as they are spelt. */
    enum State {
        Configured,
        Conflict,
        Failed
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a record of strings is JSON", e);
        }
    }

    private static Map<State, Integer> count(List<HostStatus> all) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, (int)
                    all.stream().filter(host -> host.state() == state).count());
        }
        return counts;
    }
}
