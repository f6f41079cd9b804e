package dev.berth.registry.node;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.node.endpoint.PullEndpoint;
import java.util.List;

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
        status.testPulls().ifPresent(pulls -> text.append(testPulls(pulls)));
        text.append(preloads(status.preloads()));
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

    private static String testPulls(NodeReport.TestPulls pulls) {
        return """
                # HELP berth_node_test_pulls Registries in this node's list of hosts, by whether its runtime could pull a tiny image from them.
                # TYPE berth_node_test_pulls gauge
                berth_node_test_pulls{result="worked"} %d
                berth_node_test_pulls{result="failed"} %d
                berth_node_test_pulls{result="notChecked"} %d
                """.formatted(pulls.worked(), pulls.failed(), pulls.notChecked());
    }

    private static String preloads(List<PreloadReport> hosts) {
        int images = hosts.stream().mapToInt(PreloadReport::images).sum();
        int present = hosts.stream().mapToInt(PreloadReport::present).sum();
        int failed = hosts.stream().mapToInt(PreloadReport::failed).sum();
        return """
                # HELP berth_node_preload_images Images that this node is to have in advance, by how far they are.
                # TYPE berth_node_preload_images gauge
                berth_node_preload_images{state="present"} %d
                berth_node_preload_images{state="failed"} %d
                berth_node_preload_images{state="waiting"} %d
                """.formatted(present, failed, images - present - failed);
    }
}
