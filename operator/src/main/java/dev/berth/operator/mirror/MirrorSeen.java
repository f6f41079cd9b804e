package dev.berth.operator.mirror;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.Registry;
import java.util.Optional;

/**
 * An ImageMirror and all that its status is made from, at one moment.
 *
 * @param registry that stores its images
 * @param rival the older mirror of the same upstream in the same Registry
 * @param answered the last answer of the server about the mirror; empty if it does not answer
 */
record MirrorSeen(
        ImageMirror mirror,
        Optional<Registry> registry,
        Optional<ImageMirror> rival,
        MirrorInputs inputs,
        Optional<MirrorAnswer> answered) {
    /** A mirror without anything else. */
    static MirrorSeen nothingOf(ImageMirror mirror) {
        return new MirrorSeen(mirror, Optional.empty(), Optional.empty(), MirrorInputs.NONE, Optional.empty());
    }

    Optional<MirrorReport> reported() {
        return answered.flatMap(MirrorAnswer::report);
    }

    /** The status that the mirror has; an empty one if nothing was written yet. */
    ImageMirrorStatus before() {
        return mirror.getStatus() == null ? ImageMirrorStatus.EMPTY : mirror.getStatus();
    }
}
