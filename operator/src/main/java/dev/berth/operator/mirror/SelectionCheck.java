package dev.berth.operator.mirror;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.protocol.version.VersionRange;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.MirroredImage.Tags;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks what the schema cannot check of `spec.images`, so that a server gets no pattern that it cannot read. Pure. */
final class SelectionCheck {
    private SelectionCheck() {}

    static Optional<Stalled> refusal(ImageMirror mirror) {
        var images = mirror.getSpec().images();
        return IntStream.range(0, images.size())
                .boxed()
                .flatMap(i -> faults(images.get(i).tags()).map(fault -> "spec.images[" + i + "].tags." + fault))
                .findFirst()
                .map(fault -> new Stalled(MirrorReasons.SELECTION_INVALID, fault + "; correct it"));
    }

    private static Stream<String> faults(Tags tags) {
        return Stream.of(
                        Optional.ofNullable(tags.regex()).flatMap(SelectionCheck::regexFault),
                        Optional.ofNullable(tags.semver()).flatMap(SelectionCheck::semverFault))
                .flatMap(Optional::stream);
    }

    private static Optional<String> regexFault(String regex) {
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException fault) {
            return Optional.of("regex is not a valid RE2 expression: " + fault.getDescription());
        }
    }

    private static Optional<String> semverFault(String range) {
        return VersionRange.parse(range).isPresent()
                ? Optional.empty()
                : Optional.of("semver is not a range of versions such as >=1.25 <2 or 1.x: \"" + range + "\"");
    }
}
