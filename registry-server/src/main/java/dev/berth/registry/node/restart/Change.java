package dev.berth.registry.node.restart;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * How far a change of the runtime's configuration has come. A marked file on the node keeps it, so that a restarted agent goes on and a change that
 * failed is never tried again.
 *
 * @param file the drop-in, by its path on the node
 * @param unit what is restarted
 * @param attempts how often the runtime was restarted with the drop-in
 * @param why why the change was taken back; empty before
 */
record Change(State state, String file, String unit, int attempts, String why) {
    enum State {
        TRYING,
        IN_FORCE,
        TAKEN_BACK;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Change in(State next, String reason) {
        return new Change(next, file, unit, attempts, reason);
    }

    Change again() {
        return new Change(state, file, unit, attempts + 1, why);
    }

    /** Its lines for a file, which a person can read. */
    String text() {
        return "state = " + state.word() + "\nfile = " + file + "\nunit = " + unit + "\nattempts = " + attempts
                + "\nwhy = " + why.replaceAll("[\\p{Cntrl}\\\\]+", " ") + "\n";
    }

    /** Reads what {@link #text} wrote; empty if there is no such file. A file that a person broke counts as a change that was taken back. */
    static Optional<Change> read(Path path) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        var lines = new Properties();
        lines.load(new StringReader(Files.readString(path)));
        var word = lines.getProperty("state", "");
        var state = Arrays.stream(State.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElse(State.TAKEN_BACK);
        return Optional.of(new Change(
                state,
                lines.getProperty("file", ""),
                lines.getProperty("unit", ""),
                lines.getProperty("attempts", "").matches("[0-9]")
                        ? Integer.parseInt(lines.getProperty("attempts"))
                        : 1,
                lines.getProperty("why", "")));
    }
}
