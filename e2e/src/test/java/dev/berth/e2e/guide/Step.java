package dev.berth.e2e.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One command of a page, and the lines of output that the page shows below it.
 *
 * @param line the number of its first line in the page
 */
public record Step(int line, String command, List<String> output) {
    private static final Pattern UNSTABLE = Pattern.compile("…|\\d+(?:\\.\\d+)?|\\b(?:[KMGT]i)?B\\b| {2,}");
    private static final Pattern SERVER =
            Pattern.compile("(?:sudo )?(?:\\S*berth-registry|java -jar \\S*berth-registry\\.jar) serve\\b");

    /** Whether somebody who types it waits until it is ended. */
    boolean serves() {
        return SERVER.matcher(command).lookingAt() && !command.endsWith("&");
    }

    /**
     * The lines of the page that are not in `actual`, in this order. Numbers, units of bytes and the width of columns may differ, and `…`
     * stands for any text.
     */
    List<String> missingFrom(String actual) {
        var lines = actual.lines().map(String::strip).toList();
        var missing = new ArrayList<String>();
        var from = 0;
        for (var expected : output) {
            var pattern = pattern(expected.strip());
            var at = from;
            while (at < lines.size() && !pattern.matcher(lines.get(at)).matches()) {
                at++;
            }
            if (at == lines.size()) {
                missing.add(expected);
            } else {
                from = at + 1;
            }
        }
        return missing;
    }

    private static Pattern pattern(String line) {
        var regex = new StringBuilder();
        var end = 0;
        for (var unstable : UNSTABLE.matcher(line).results().toList()) {
            regex.append(Pattern.quote(line.substring(end, unstable.start()))).append(any(unstable));
            end = unstable.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(line.substring(end))).toString());
    }

    private static String any(MatchResult unstable) {
        return switch (unstable.group().charAt(0)) {
            case '…' -> ".*";
            case ' ' -> " +";
            case 'B', 'K', 'M', 'G', 'T' -> "(?:[KMGT]i)?B";
            default -> "\\d+(?:\\.\\d+)?";
        };
    }
}
