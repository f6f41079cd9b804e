package dev.berth.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says at `/status`. Keys that aren't known are passed over: agents may be newer than the operator.
 *
 * @param revision the hosts file that the node follows; empty before the first
 * @param problem why the file that is there is not followed
 * @param doubt why the runtime may not read what the agent writes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentStatus(
        String revision, @Nullable String problem, @Nullable String doubt, List<Host> hosts) {

    AgentStatus {
        revision = revision == null ? "" : revision;
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }

    /** One host of that node: `Configured`, or a word and a message that say why not. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Host(String name, String state, @Nullable String message) {
        boolean configured() {
            return "Configured".equals(state);
        }

        boolean conflict() {
            return "Conflict".equals(state);
        }

        String why() {
            return message == null ? state : message;
        }
    }

    Optional<Host> host(String name) {
        return hosts.stream().filter(host -> name.equals(host.name())).findFirst();
    }
}
