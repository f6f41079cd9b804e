package dev.berth.registry.upstream.sync;

import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.registry.metadata.MirroredTag;
import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * What has to be asked and copied for a tag. Pure.
 *
 * @param here      where it stands here; empty when it isn't
 * @param persons   whether a person has set it
 * @param copied    what of it is here whole
 */
record TagState(Optional<Digest> here, boolean persons, Optional<String> copied) {

    static final TagState ABSENT = new TagState(Optional.empty(), false, Optional.empty());
    static final TagState A_PERSONS = new TagState(Optional.empty(), true, Optional.empty());

    static TagState of(MirroredTag tag) {
        return new TagState(Optional.of(tag.digest()), false, tag.copied());
    }

    /** What to do about it. */
    enum Step {
        /** It is right as it is, and nobody need be asked. */
        LEAVE,
        /** It is right unless the upstream has moved it: ask where it stands. */
        ASK,
        /** Whatever the upstream has under the tag. */
        COPY_TAG,
        /** What it stands at here is not whole; the upstream's tag doesn't matter. */
        COMPLETE
    }

    /**
     * What to do first.
     *
     * @param scope what has to be here whole
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

    /** Whether the upstream's answer leaves nothing to copy. */
    boolean standsAt(Digest upstream) {
        return here.equals(Optional.of(upstream));
    }
}
