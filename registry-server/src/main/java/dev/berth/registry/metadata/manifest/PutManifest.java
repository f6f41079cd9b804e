package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The result of pushing a manifest. If it is not stored, nothing has changed. */
public sealed interface PutManifest {
    /**
     * The manifest is durable, its references are indexed and its tags are moved.
     *
     * @param subject what it refers to, whether or not that exists yet (distribution-spec, "Pushing Manifests with Subject")
     */
    record Stored(Digest digest, Optional<Digest> subject, Set<Tag> tags) implements PutManifest {
        public Stored {
            tags = Set.copyOf(tags);
        }
    }

    /** The repository lacks blobs or manifests that the manifest names. */
    record MissingReferences(List<Digest> blobs, List<Digest> manifests) implements PutManifest {
        public MissingReferences {
            blobs = List.copyOf(blobs);
            manifests = List.copyOf(manifests);
        }
    }

    /** The manifest was pushed by a digest that is not its own. */
    record DigestMismatch(Digest announced, Digest actual) implements PutManifest {}

    /**
     * The condition of the push did not hold.
     *
     * @param current what the reference names; empty if there is none
     */
    record TagMoved(Optional<Digest> current) implements PutManifest {}

    /**
     * The manifest can't be read as what it says it is.
     *
     * @param sentence what is wrong, fit to be shown to the client
     */
    record Malformed(String sentence) implements PutManifest {}

    /** The manifest is longer than `limitBytes`. */
    record TooLarge(int limitBytes) implements PutManifest {}
}
