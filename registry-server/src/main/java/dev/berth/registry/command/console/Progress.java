package dev.berth.registry.command.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Shows how far a long command is: as a bar on a terminal, else as a line every few seconds, or not at all. Any thread may call it. Closing it
 * shows the last state, unless there was nothing to do.
 */
public final class Progress implements AutoCloseable {
    /** How progress is shown. */
    public enum Display {
        BAR(Duration.ofMillis(100)),
        LINES(Duration.ofSeconds(5)),
        SILENT(Duration.ofDays(365));

        private final Duration period;

        Display(Duration period) {
            this.period = period;
        }
    }

    /** Moves to the start of the line and clears it (ECMA-48, EL), so that the next output replaces it. */
    private static final String AGAIN = "\r\u001b[K";

    private final Display display;
    private final PrintWriter out;
    private final InstantSource clock;
    private final String what;
    private final ProgressUnit unit;
    private final Instant started;
    private Instant shown;
    private OptionalLong total = OptionalLong.empty();
    private long done;

    /** @param what the work, such as `Importing blobs` */
    Progress(Display display, PrintWriter out, InstantSource clock, String what, ProgressUnit unit) {
        this.display = display;
        this.out = out;
        this.clock = clock;
        this.what = what;
        this.unit = unit;
        this.started = clock.instant();
        this.shown = started;
    }

    /** Sets how much there is to do. Without it, only the amount that is done is shown. */
    public synchronized Progress of(long all) {
        total = OptionalLong.of(all);
        return this;
    }

    /** Adds to the amount that is done. */
    public synchronized void advance(long by) {
        reach(done + by);
    }

    /** Sets the amount that is done. */
    public synchronized void reach(long now) {
        done = now;
        var instant = clock.instant();
        if (!instant.isBefore(shown.plus(display.period))) {
            shown = instant;
            show(instant);
        }
    }

    /** Prints a line, such as a warning, without breaking the bar. */
    public synchronized void say(String line) {
        out.println(display == Display.BAR ? AGAIN + line : line);
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (done == 0 && total.orElse(0) == 0) {
            if (display == Display.BAR && shown.isAfter(started)) {
                out.print(AGAIN);
            }
            return;
        }
        show(clock.instant());
        if (display == Display.BAR) {
            out.println();
            out.flush();
        }
    }

    private void show(Instant now) {
        var line = new ProgressLine(what, unit, done, total, Duration.between(started, now));
        switch (display) {
            case BAR -> out.print(AGAIN + line.bar());
            case LINES -> out.println(line.sentence());
            case SILENT -> {}
        }
        out.flush();
    }
}
