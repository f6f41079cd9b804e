package dev.berth.operator.mirror;

import dev.berth.v1alpha1.ImageMirror;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Mirrors of one upstream in one registry: the oldest has it, for two would each undo what the other does. Pure. */
final class Rivals {

    /** Creation times are whole seconds; the name decides between those of one second. */
    static final Comparator<ImageMirror> OLDEST_FIRST = Comparator.comparing(
                    (ImageMirror mirror) -> mirror.getMetadata().getCreationTimestamp())
            .thenComparing(mirror -> mirror.getMetadata().getNamespace())
            .thenComparing(mirror -> mirror.getMetadata().getName());

    private Rivals() {}

    /** The older mirror that has this one's upstream in this one's registry. */
    static Optional<ImageMirror> olderThan(ImageMirror mirror, Collection<ImageMirror> all) {
        return all.stream()
                .filter(other -> other.getSpec() != null && !other.isMarkedForDeletion())
                .filter(other -> registryOf(other).equals(registryOf(mirror)))
                .filter(other -> upstreamOf(other).equals(upstreamOf(mirror)))
                .min(OLDEST_FIRST)
                .filter(oldest -> !ResourceID.fromResource(oldest).equals(ResourceID.fromResource(mirror)));
    }

    /** Those that have their upstream, oldest first. */
    static List<ImageMirror> winners(Collection<ImageMirror> all) {
        var oldest = new HashMap<List<Object>, ImageMirror>();
        all.stream()
                .filter(mirror -> mirror.getSpec() != null && !mirror.isMarkedForDeletion())
                .forEach(mirror -> oldest.merge(
                        List.of(registryOf(mirror), upstreamOf(mirror)), mirror, BinaryOperator.minBy(OLDEST_FIRST)));
        return oldest.values().stream().sorted(OLDEST_FIRST).toList();
    }

    static ResourceID registryOf(ImageMirror mirror) {
        return new ResourceID(
                mirror.getSpec().registryRef().name(), mirror.getMetadata().getNamespace());
    }

    /** What an upstream's repositories begin with in a registry; a port stands behind an underscore, since names have no colons. */
    static String folderOf(String upstream) {
        return upstream.replace(':', '_');
    }

    static String upstreamOf(ImageMirror mirror) {
        return mirror.getSpec().upstream().host();
    }
}
