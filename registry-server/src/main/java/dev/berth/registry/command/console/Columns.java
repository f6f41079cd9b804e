package dev.berth.registry.command.console;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns, for terminals. */
public final class Columns {
    private Columns() {}

    /** The lines of a table, whose cells begin at the same place in each row. All rows have as many cells as the first. */
    public static List<String> lines(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> widest(rows, column) + 2)
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** A line with a label and its value, below others of the same kind. */
    public static String labelled(String label, Object value) {
        return "%-14s %s".formatted(label, value);
    }

    private static int widest(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> ("%-" + widths[column] + "s").formatted(row.get(column)))
                .collect(Collectors.joining())
                .stripTrailing();
    }
}
