package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of the wish to store a manifest. */
public sealed interface PutManifest {

    /**
     * It is durable, its references are indexed and its tags are moved.
     *
     * @param subject what it refers to, whether or not that exists yet (distribution-spec, "Pushing Manifests with Subject")
     */
    record Stored(Digest digest, Optional<Digest> subject, Set<Tag> tags) implements PutManifest {

        public Stored {
            tags = Set.copyOf(tags);
        }
    }

    /** What it names is not in its repository; nothing has changed. */
    record MissingReferences(List<Digest> blobs, List<Digest> manifests) implements PutManifest {

        public MissingReferences {
            blobs = List.copyOf(blobs);
            manifests = List.copyOf(manifests);
        }
    }

    /** It was pushed by a digest that is not its own; nothing has changed. */
    record DigestMismatch(Digest announced, Digest actual) implements PutManifest {}

    /** Its tag is not where who pushes it expected; nothing has changed. */
    record TagMoved(Optional<Digest> current) implements PutManifest {}

    /**
     * It can't be read as what it says it is.
     *
     * @param sentence what is wrong, fit to be shown
     */
    record Malformed(String sentence) implements PutManifest {}

    record TooLarge(int limitBytes) implements PutManifest {}
}
