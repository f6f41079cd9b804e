package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;

/** What became of a mirror's wish to store a manifest. */
public sealed interface StoreMirrored {

    record Stored() implements StoreMirrored {}

    /** Its repository lacks what has to be there; nothing has changed. */
    record Lacking(MissingLinks missing) implements StoreMirrored {}

    /** A person has set the tag, which stands at `current`; nothing has changed. */
    record PersonsTag(Digest current) implements StoreMirrored {}
}
