package dev.berth.registry.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What the agent says about itself at `/status`, for the operator to read.
 *
 * @param revision the hosts file that this node follows, by SHA-256; empty until one was read
 * @param problem why the hosts file as it is now is not followed
 * @param doubt why the runtime may not read what is written, and what to do
 * @param hosts one entry per host in the hosts file, by name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NodeStatus(
        String version,
        String runtime,
        String revision,
        Optional<String> problem,
        Optional<String> doubt,
        List<HostStatus> hosts) {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    public NodeStatus {
        hosts = List.copyOf(hosts);
    }

    /** One host of this node. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record HostStatus(String name, State state, Optional<String> message) {
        static HostStatus of(String name, HostOutcome outcome) {
            return switch (outcome) {
                case HostOutcome.Configured c -> new HostStatus(name, State.Configured, Optional.empty());
                case HostOutcome.Conflict c -> new HostStatus(name, State.Conflict, Optional.of(c.message()));
                case HostOutcome.Failed f -> new HostStatus(name, State.Failed, Optional.of(f.message()));
            };
        }
    }

    /** Written as they are spelt. */
    public enum State {
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
}
