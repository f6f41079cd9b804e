package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;

/** What became of the wish to delete a tag. */
public sealed interface DeleteTag {

    record Deleted() implements DeleteTag {}

    record Unknown() implements DeleteTag {}

    /** It is not where it was expected; nothing has changed. */
    record Moved(Digest current) implements DeleteTag {}
}
