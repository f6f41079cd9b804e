package dev.berth.registry.upstream.sync;

import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.registry.metadata.mirror.MirroredTag;
import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * What is stored of a tag, and what must be asked and copied for it. Pure.
 *
 * @param here      the digest that the tag names here; empty when there is no such tag
 * @param persons   whether a person has pushed the tag
 * @param copied    which part of the image is completely stored
 */
record TagState(Optional<Digest> here, boolean persons, Optional<String> copied) {
    static final TagState ABSENT = new TagState(Optional.empty(), false, Optional.empty());
    static final TagState A_PERSONS = new TagState(Optional.empty(), true, Optional.empty());

    static TagState of(MirroredTag tag) {
        return new TagState(Optional.of(tag.digest()), false, tag.copied());
    }

    /** What to do for a tag. */
    enum Step {
        /** Nothing: the tag stays as it is. */
        LEAVE,
        /** Ask the upstream which manifest the tag names; the tag is right unless it has moved. */
        ASK,
        /** Copy the manifest that the tag names at the upstream. */
        COPY_TAG,
        /** Complete the manifest that the tag names here, wherever the upstream's tag points. */
        COMPLETE
    }

    /**
     * Decides what to do first.
     *
     * @param scope which part of the image must be completely stored
     */
    Step first(TagMovePolicy policy, String scope) {
        if (persons) {
            return Step.LEAVE;
        }
        if (here.isEmpty()) {
            return Step.COPY_TAG;
        }
        var isWhole = copied.filter(scope::equals).isPresent();
        return switch (policy) {
            case KEEP -> isWhole ? Step.LEAVE : Step.COMPLETE;
            case FOLLOW -> isWhole ? Step.ASK : Step.COPY_TAG;
        };
    }

    /** Whether the tag names the same manifest here as at the upstream. */
    boolean isAt(Digest upstream) {
        return here.equals(Optional.of(upstream));
    }
}
