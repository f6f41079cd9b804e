package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;

/** The result of deleting a tag. */
public sealed interface DeleteTag {
    record Deleted() implements DeleteTag {}

    record Unknown() implements DeleteTag {}

    /** The tag names `current`, which does not meet the expectation; nothing has changed. */
    record Moved(Digest current) implements DeleteTag {}
}
