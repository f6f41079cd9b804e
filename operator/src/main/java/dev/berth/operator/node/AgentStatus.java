package dev.berth.operator.node;

import dev.berth.protocol.document.ShortText;
import dev.berth.protocol.hosts.HostsDocument;
import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.protocol.status.PreloadReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the operator makes of an agent's report.
 *
 * @param sequences which write of each part of the list the node follows, by the part's number
 * @param problem why the list that is there is not followed
 * @param doubt why the runtime may not read what the agent writes
 * @param notApplicable why nothing is written on the node at all
 * @param troubled hosts that are not set up, by name
 * @param more how many more are not set up, of which nobody knows the names
 * @param preloads hosts of which the node pulls images in advance, by name
 * @param runtime the container runtime of the node
 */
record AgentStatus(
        List<Long> sequences,
        Optional<String> problem,
        Optional<String> doubt,
        Optional<String> notApplicable,
        Map<String, Host> troubled,
        int more,
        Map<String, PreloadReport> preloads,
        NodeRuntime runtime) {
    AgentStatus {
        sequences = List.copyOf(sequences);
        troubled = Map.copyOf(troubled);
        preloads = Map.copyOf(preloads);
    }

    /**
     * The container runtime of a node.
     *
     * @param name with its version if that is known, such as `containerd 2.1.9`; empty if the agent did not say it
     * @param untested why the agent can make no test pull there; empty if it makes them, or does not say
     */
    record NodeRuntime(String name, Optional<String> untested) {
        static final NodeRuntime UNKNOWN = new NodeRuntime("", Optional.empty());
        private static final int LONGEST_NAME = 60;

        static NodeRuntime of(NodeReport report) {
            var name = report.runtimeVersion()
                    .map(version -> report.runtime() + " " + version)
                    .orElse(report.runtime());
            return new NodeRuntime(
                    ShortText.of(name.strip(), LONGEST_NAME),
                    report.testPulls().flatMap(NodeReport.TestPulls::unavailable));
        }
    }

    /** A host that is not set up on the node. */
    record Host(String name, String state, String why) {
        boolean conflict() {
            return HostState.CONFLICT.word().equals(state);
        }
    }

    /**
     * Reads a report.
     *
     * @throws IOException if it is not a JSON object
     */
    static AgentStatus parse(byte[] json) throws IOException {
        return of(NodeReport.read(json));
    }

    private static AgentStatus of(NodeReport report) {
        var troubled = new LinkedHashMap<String, Host>();
        int unnamed = 0;
        for (var host : report.hosts()) {
            if (host.name().isEmpty()) {
                unnamed++;
            } else if (!host.state().equals(HostState.CONFIGURED)) {
                troubled.putIfAbsent(
                        host.name(),
                        new Host(
                                host.name(),
                                host.state().word(),
                                host.message().orElse(host.state().word())));
            }
        }
        return new AgentStatus(
                report.sequences().stream().limit(HostsDocument.MOST_SHARDS).toList(),
                report.problem(),
                report.doubt(),
                report.notApplicable(),
                troubled,
                report.more() + unnamed,
                report.preloads().stream()
                        .filter(preload -> preload.images() > 0)
                        .collect(Collectors.toMap(PreloadReport::host, preload -> preload, (one, other) -> one)),
                NodeRuntime.of(report));
    }

    /** The write of a part of the list that the node follows; 0 for none. */
    long sequence(int part) {
        return part < sequences.size() ? sequences.get(part) : 0;
    }

    Optional<Host> troubled(String host) {
        return Optional.ofNullable(troubled.get(host));
    }

    Optional<PreloadReport> preload(String host) {
        return Optional.ofNullable(preloads.get(host));
    }
}
