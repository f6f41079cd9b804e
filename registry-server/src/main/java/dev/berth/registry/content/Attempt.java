package dev.berth.registry.content;

import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.util.function.Supplier;

/** An operation on files. Its `IOException` becomes a {@link ContentException} here, and nowhere else. */
@FunctionalInterface
interface Attempt<T> {
    T run() throws IOException;

    static <T> T named(Supplier<String> what, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            var message = "could not " + what.get() + ": " + FileProblem.of(e);
            throw isOutOfRoom(e) ? new DiskFull(message, e) : new ContentException(message, e);
        }
    }

    /** Java has no exception for this, so the message of the operating system tells (ENOSPC, EDQUOT). */
    private static boolean isOutOfRoom(IOException e) {
        var words = String.valueOf(e.getMessage());
        return words.contains("No space left on device") || words.contains("Disk quota exceeded");
    }
}
