package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.Progress.Display;
import dev.berth.registry.engine.ProgressEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far the layers of an image are. On a terminal each has a bar of its own, which is drawn again in place; elsewhere each new state
 * of a layer is a line.
 */
final class LayerBoard implements Consumer<ProgressEvent>, AutoCloseable {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    /** More than these would scroll out of a small terminal, and then be drawn at wrong places. */
    private static final int MOST_SHOWN = 16;

    private static final int MOST_KNOWN = 1_000;

    private final Display display;
    private final PrintWriter out;
    private final InstantSource clock;
    private final Map<String, ProgressEvent> layers = new LinkedHashMap<>();
    private Instant next = Instant.EPOCH;
    private int drawn;

    LayerBoard(Display display, PrintWriter out, InstantSource clock) {
        this.display = display;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void accept(ProgressEvent event) {
        if (display == Display.SILENT || event.status().isEmpty()) {
            return;
        }
        // "Pulling from web" has the tag where a layer has its digest.
        if (event.layer().isEmpty() || event.status().startsWith("Pulling from")) {
            say(event.layer().isEmpty() ? event.status() : event.layer() + ": " + event.status());
            return;
        }
        if (layers.size() == MOST_KNOWN && !layers.containsKey(event.layer())) {
            return;
        }
        var before = layers.put(event.layer(), event);
        if (display == Display.BAR) {
            drawSometimes(before);
        } else if (before == null || !before.status().equals(event.status())) {
            out.println(event.layer() + ": " + event.status());
            out.flush();
        }
    }

    private void say(String line) {
        clear();
        out.println(line);
        draw();
    }

    /** Draws a new state of a layer at once, and its bytes a few times a second. */
    private void drawSometimes(@Nullable ProgressEvent before) {
        var now = clock.instant();
        if (before == null || !now.isBefore(next)) {
            next = now.plus(BETWEEN_DRAWINGS);
            clear();
            draw();
        }
    }

    private void clear() {
        if (drawn > 0) {
            // ECMA-48: to the start of the line, so many lines up, and clear from there on.
            out.print("\r\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    private void draw() {
        if (display == Display.BAR) {
            var lines = lines(List.copyOf(layers.values()));
            lines.forEach(out::println);
            drawn = lines.size();
        }
        out.flush();
    }

    /** The layers in their order. If there are too many, those that are done are left out first. */
    static List<String> lines(List<ProgressEvent> layers) {
        var shown = layers.size() <= MOST_SHOWN
                ? layers
                : layers.stream()
                        .filter(layer -> !LayerLine.isDone(layer.status()))
                        .limit(MOST_SHOWN)
                        .toList();
        var lines = new ArrayList<>(shown.stream().map(LayerLine::of).toList());
        if (shown.size() < layers.size()) {
            lines.add("and " + (layers.size() - shown.size()) + " more");
        }
        return lines;
    }

    /** Leaves the last state on the terminal. */
    @Override
    public void close() {
        clear();
        draw();
    }
}
