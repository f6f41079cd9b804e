package dev.berth.registry.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A dashboard as Grafana keeps it in a file: what its panels and variables ask Prometheus for. */
record GrafanaDashboard(JsonNode json) {
    private static final Pattern METRIC = Pattern.compile("(\\w+)\\{|label_values\\((\\w+),");
    private static final Pattern SELECTED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPED = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /** Given by Prometheus to whatever it scrapes. */
    private static final Set<String> OF_THE_TARGET = Set.of("instance");

    static GrafanaDashboard read(Path file) throws IOException {
        return new GrafanaDashboard(new ObjectMapper().readTree(file.toFile()));
    }

    /** The queries of all panels. */
    List<String> expressions() {
        return json.findValuesAsText("expr");
    }

    /** The metrics by their names, and with a label that they are selected, grouped or told apart by, `name{label}`. */
    Set<String> asksFor() {
        var variables = json.findValuesAsText("definition").stream().flatMap(GrafanaDashboard::metrics);
        var panels = json.findParents("expr").stream().flatMap(GrafanaDashboard::ofTarget);
        return Stream.concat(variables, panels).collect(Collectors.toSet());
    }

    private static Stream<String> ofTarget(JsonNode target) {
        var expression = target.path("expr").asText();
        var labels = Stream.of(
                        found(SELECTED, expression),
                        found(GROUPED, expression).flatMap(COMMA::splitAsStream),
                        found(IN_LEGEND, target.path("legendFormat").asText()))
                .flatMap(names -> names)
                .filter(name -> !OF_THE_TARGET.contains(name))
                .collect(Collectors.toSet());
        return metrics(expression)
                .flatMap(metric ->
                        Stream.concat(Stream.of(metric), labels.stream().map(label -> metric + "{" + label + "}")));
    }

    private static Stream<String> metrics(String expression) {
        return found(METRIC, expression);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(GrafanaDashboard::group);
    }

    /** The one group that matched. */
    private static String group(MatchResult match) {
        var last = match.group(match.groupCount());
        return last == null ? match.group(1) : last;
    }
}
