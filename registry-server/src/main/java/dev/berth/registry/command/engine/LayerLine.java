package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ProgressUnit;
import dev.berth.registry.engine.ProgressEvent;
import java.util.Set;

/** The state of one layer as a line of at most 80 columns. */
final class LayerLine {
    private static final int BAR_WIDTH = 24;
    private static final Set<String> DONE =
            Set.of("Pull complete", "Already exists", "Pushed", "Layer already exists", "Download complete");

    private LayerLine() {}

    static boolean isDone(String status) {
        return DONE.contains(status) || status.startsWith("Mounted from");
    }

    /** `1f2e3d4c5b6a: Downloading        [====>    ] 1.2 MiB of 3.4 MiB`. */
    static String of(ProgressEvent layer) {
        var head = "%s: %-18s".formatted(layer.layer(), layer.status());
        if (layer.done().isEmpty() || isDone(layer.status())) {
            return head.stripTrailing();
        }
        var done = ProgressUnit.BYTES.text(layer.done().getAsLong());
        if (layer.total().isEmpty()) {
            return head + " " + done;
        }
        // A push counts the bytes of a tar, and its total the bytes of the files in it.
        var total = Math.max(layer.total().getAsLong(), layer.done().getAsLong());
        var filled = (int) (BAR_WIDTH * layer.done().getAsLong() / total);
        var bar = "=".repeat(filled) + (filled < BAR_WIDTH ? ">" : "");
        return ("%s [%-" + BAR_WIDTH + "s] %s of %s").formatted(head, bar, done, ProgressUnit.BYTES.text(total));
    }
}
