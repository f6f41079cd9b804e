package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/** A condition on the current digest of a reference. It makes moving a tag a compare-and-swap. */
@FunctionalInterface
public interface Expectation {
    /** Holds always. */
    Expectation NONE = current -> true;

    /**
     * Whether the condition holds. Called in the transaction of the change.
     *
     * @param current empty if there is no such tag or manifest
     */
    boolean isMet(Optional<Digest> current);
}
