package dev.berth.operator.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How conditions tell of several nodes. The texts do not grow with the cluster: a few are named, and the others are counted. Pure. */
final class ReportTexts {
    private static final int NODES = 3;
    private static final int RUNTIMES = 4;
    private static final int REASONS = 2;

    private ReportTexts() {}

    /** Such as `a, b, c and 997 more`. */
    static String names(List<AgentReport> reports) {
        var named = reports.stream().limit(NODES).map(AgentReport::node).collect(Collectors.joining(", "));
        return named + more(reports.size() - NODES);
    }

    /** Which runtimes these nodes have, such as ` (containerd 2.1.9: 2, containerd 1.7.24: 1)`; empty if no agent says it. */
    static String runtimes(List<AgentReport> reports) {
        Map<String, Long> counts = reports.stream()
                .flatMap(report -> report.status().stream())
                .map(status -> status.runtime().name())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        if (counts.isEmpty()) {
            return "";
        }
        var most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(RUNTIMES)
                .map(runtime -> runtime.getKey() + ": " + runtime.getValue())
                .collect(Collectors.joining(", "));
        return " (" + most + more(counts.size() - RUNTIMES) + ")";
    }

    /**
     * Counts the nodes that have a reason, such as `; 2 not applicable (a, b: no containerd)`; empty if none has one.
     *
     * @param what what is said of these nodes, such as `not applicable`
     * @param why the reason of each, by which they are grouped
     */
    static String leftOut(List<AgentReport> reports, String what, Function<AgentReport, Optional<String>> why) {
        var byReason = new LinkedHashMap<String, List<AgentReport>>();
        reports.forEach(report -> why.apply(report)
                .ifPresent(reason ->
                        byReason.computeIfAbsent(reason, _ -> new ArrayList<>()).add(report)));
        if (byReason.isEmpty()) {
            return "";
        }
        var groups = byReason.entrySet().stream()
                .limit(REASONS)
                .map(group -> names(group.getValue()) + ": " + group.getKey())
                .collect(Collectors.joining("; "));
        int others = byReason.size() - REASONS;
        var count = byReason.values().stream().mapToInt(List::size).sum();
        return "; " + count + " " + what + " (" + groups + (others > 0 ? "; and others" : "") + ")";
    }

    private static String more(int count) {
        return count > 0 ? " and " + count + " more" : "";
    }
}
