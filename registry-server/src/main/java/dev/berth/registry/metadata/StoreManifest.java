package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/** What became of the wish to give a repository a manifest. */
public sealed interface StoreManifest {

    record Stored() implements StoreManifest {}

    /** Its repository lacks what it names; nothing has changed. */
    record Lacking(MissingLinks missing) implements StoreManifest {}

    /** It was to go elsewhere than where `current` is; nothing has changed. */
    record Moved(Optional<Digest> current) implements StoreManifest {}
}
