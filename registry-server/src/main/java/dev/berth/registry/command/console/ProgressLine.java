package dev.berth.registry.command.console;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** The state of a {@link Progress} as text. The rate is the average of the whole time, which jumps less than that of the last second. */
record ProgressLine(String what, ProgressUnit unit, long done, OptionalLong total, Duration elapsed) {
    private static final int BAR_WIDTH = 24;
    private static final int NANOS = 1_000_000_000;

    ProgressLine {
        // A share of nothing says nothing.
        total = total.orElse(0) > 0 ? total : OptionalLong.empty();
    }

    /** `Importing [====>    ] 45 %  1.2 GiB of 3.4 GiB  56.0 MiB/s  0:40 left`; it fits into 100 columns. */
    String bar() {
        var filled = (int) (share() * BAR_WIDTH);
        var bar = "=".repeat(filled) + (filled < BAR_WIDTH ? ">" : "");
        return total.isPresent()
                ? String.format(Locale.ROOT, "%s [%-" + BAR_WIDTH + "s] %s", what, bar, amounts("  "))
                : what + "  " + amounts("  ");
    }

    /** The state as a line for a log. */
    String sentence() {
        return what + ": " + amounts(", ");
    }

    private String amounts(String between) {
        var rate = rate();
        var text = total.isPresent()
                ? String.format(Locale.ROOT, "%.0f %%", Math.floor(share() * 100)) + between + unit.text(done) + " of "
                        + unit.text(total.getAsLong())
                : unit.text(done);
        if (rate <= 0) {
            return text;
        }
        text += between + unit.text(rate) + "/s";
        var left = total.orElse(0) - done;
        return left > 0 ? text + between + clock((long) Math.ceil((double) left / rate)) + " left" : text;
    }

    /** The part that is done. */
    private double share() {
        return total.isPresent() ? Math.clamp((double) done / total.getAsLong(), 0, 1) : 0;
    }

    /** The rate per second; 0 in the first second, when it would be chance. */
    private double rate() {
        return elapsed.toSeconds() < 1 ? 0 : done / ((double) elapsed.toNanos() / NANOS);
    }

    private static String clock(long left) {
        return left < 3600
                ? "%d:%02d".formatted(left / 60, left % 60)
                : "%d:%02d:%02d".formatted(left / 3600, left / 60 % 60, left % 60);
    }
}
