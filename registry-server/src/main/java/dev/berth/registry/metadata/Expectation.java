package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/** Where something must stand for a change to it to be made: with it, moving a tag is a compare-and-swap. */
@FunctionalInterface
public interface Expectation {

    /** For changes that are made whatever was there. */
    Expectation NONE = current -> true;

    /**
     * Judges what is there as the change is about to be made, in its transaction.
     *
     * @param current empty when nothing is there
     */
    boolean isMet(Optional<Digest> current);
}
