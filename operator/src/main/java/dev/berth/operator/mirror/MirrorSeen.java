package dev.berth.operator.mirror;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.Registry;
import java.util.Optional;

/**
 * What there is of a mirror, at one moment; all that its status is made from.
 *
 * @param registry that keeps its images
 * @param rival the older mirror that has the same upstream there
 * @param answered what came of asking the server about it; empty when it doesn't answer
 */
record MirrorSeen(
        ImageMirror mirror,
        Optional<Registry> registry,
        Optional<ImageMirror> rival,
        Brought brought,
        Optional<MirrorAnswer> answered) {

    /** A mirror of which only itself is known. */
    static MirrorSeen nothingOf(ImageMirror mirror) {
        return new MirrorSeen(
                mirror,
                Optional.empty(),
                Optional.empty(),
                new Brought(new Given.Nothing(), new Given.Nothing()),
                Optional.empty());
    }

    Optional<MirrorReport> reported() {
        return answered.flatMap(MirrorAnswer::report);
    }

    /** What was said of it before. */
    ImageMirrorStatus before() {
        return mirror.getStatus() == null ? ImageMirrorStatus.EMPTY : mirror.getStatus();
    }
}
