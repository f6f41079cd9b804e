package dev.berth.registry.node;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.registry.node.endpoint.PullEndpoint;

/** The metrics of the agent, in the text format of Prometheus. */
final class NodeMetrics {
    private NodeMetrics() {}

    static String of(NodeReport status, PullEndpoint endpoint) {
        var text = new StringBuilder(
                        "# HELP berth_node_hosts Registries in this node's list of hosts, by how they are set up.\n")
                .append("# TYPE berth_node_hosts gauge\n");
        for (var state : HostState.KNOWN) {
            int count = status.counts().getOrDefault(state, 0);
            text.append("berth_node_hosts{runtime=\"%s\",state=\"%s\"} %d%n".formatted(status.runtime(), state, count));
        }
        text.append(
                        "# HELP berth_node_not_applicable 1 where nothing is written, such as on a node of another runtime.\n")
                .append("# TYPE berth_node_not_applicable gauge\n")
                .append("berth_node_not_applicable ")
                .append(status.notApplicable().isPresent() ? 1 : 0)
                .append('\n');
        return text.append("# HELP berth_node_hosts_file_problem 1 while the list of hosts can't be followed.\n")
                .append("# TYPE berth_node_hosts_file_problem gauge\n")
                .append("berth_node_hosts_file_problem ")
                .append(status.problem().isPresent() ? 1 : 0)
                .append('\n')
                .append(requests(endpoint))
                .toString();
    }

    private static String requests(PullEndpoint endpoint) {
        if (endpoint.counts().isEmpty()) {
            return "";
        }
        var text = new StringBuilder(
                        "# HELP berth_node_endpoint_requests_total Requests of runtimes to the endpoint of this node, by outcome.\n")
                .append("# TYPE berth_node_endpoint_requests_total counter\n");
        for (var count : endpoint.counts()) {
            text.append("berth_node_endpoint_requests_total{outcome=\"%s\"} %d%n"
                    .formatted(count.outcome().word(), count.requests()));
        }
        return text.toString();
    }
}
