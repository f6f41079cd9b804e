package dev.berth.registry.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An alert of the monitoring guide, asked of two scrapes one after the other. It knows the few forms that the guide uses, and means by them what
 * Prometheus does: a counter that was not in the scrape before has no increase.
 */
record AlertExpression(String text) {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern COMPARISON = Pattern.compile("(.+) (<|>|==) ([0-9.]+)");
    private static final Pattern RATIO = Pattern.compile("(\\w+) / (\\w+)");
    private static final Pattern AGE = Pattern.compile("time\\(\\) - (\\w+)");
    private static final Pattern INCREASE = Pattern.compile("increase\\((\\w+)\\[\\w+]\\)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)((?:\\{.*})?) (\\S+)$");

    /** The expressions of the guide's table. */
    static List<AlertExpression> of(String guide) {
        var table = guide.substring(guide.indexOf("## What to be woken by"));
        return ROW.matcher(table)
                .results()
                .map(row -> new AlertExpression(row.group(1)))
                .toList();
    }

    /** Whether it fires after the scrapes `before` and `now`. */
    boolean fires(String before, String now, double time) {
        var comparison = whole(COMPARISON, text);
        var limit = Double.parseDouble(comparison.group(3));
        return values(comparison.group(1), before, now, time).anyMatch(value -> switch (comparison.group(2)) {
            case "<" -> value < limit;
            case ">" -> value > limit;
            default -> value == limit;
        });
    }

    private static Stream<Double> values(String term, String before, String now, double time) {
        if (RATIO.matcher(term).matches()) {
            var ratio = whole(RATIO, term);
            var below = series(ratio.group(2), now);
            return series(ratio.group(1), now).entrySet().stream()
                    .map(above -> above.getValue() / below.getOrDefault(above.getKey(), Double.NaN));
        }
        if (AGE.matcher(term).matches()) {
            return series(whole(AGE, term).group(1), now).values().stream().map(value -> time - value);
        }
        if (INCREASE.matcher(term).matches()) {
            var name = whole(INCREASE, term).group(1);
            var earlier = series(name, before);
            return series(name, now).entrySet().stream()
                    .map(value -> value.getValue() - earlier.getOrDefault(value.getKey(), Double.NaN));
        }
        return series(whole(Pattern.compile("\\w+"), term).group(), now).values().stream();
    }

    /** By their labels. */
    private static Map<String, Double> series(String name, String scrape) {
        var series = new TreeMap<String, Double>();
        SAMPLE.matcher(scrape)
                .results()
                .filter(sample -> sample.group(1).equals(name))
                .forEach(sample -> series.put(sample.group(2), Double.parseDouble(sample.group(3))));
        return series;
    }

    private static Matcher whole(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a form that AlertsIT doesn't know yet: " + text);
        }
        return matcher;
    }
}
