package dev.berth.registry.content;

import java.io.IOException;
import java.util.function.Supplier;

/** Something that the disk may refuse; the one place where that becomes this room's exception. */
@FunctionalInterface
interface Attempt<T> {

    T run() throws IOException;

    static <T> T named(Supplier<String> what, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new ContentException("could not " + what.get() + ": " + e.getMessage(), e);
        }
    }
}
