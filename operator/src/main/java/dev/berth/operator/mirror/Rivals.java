package dev.berth.operator.mirror;

import dev.berth.v1alpha1.ImageMirror;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Chooses between mirrors of one upstream in one Registry: the oldest one counts, since two would undo each other's work. Pure. */
final class Rivals {
    /** The order by age. Creation times are whole seconds, so the name decides between mirrors of the same second. */
    static final Comparator<ImageMirror> OLDEST_FIRST = Comparator.comparing(
                    (ImageMirror mirror) -> mirror.getMetadata().getCreationTimestamp())
            .thenComparing(mirror -> mirror.getMetadata().getNamespace())
            .thenComparing(mirror -> mirror.getMetadata().getName());

    private Rivals() {}

    /** The older mirror of the same upstream in the same Registry. */
    static Optional<ImageMirror> olderThan(ImageMirror mirror, Collection<ImageMirror> all) {
        return all.stream()
                .filter(other -> other.getSpec() != null && !other.isMarkedForDeletion())
                .filter(other -> registryOf(other).equals(registryOf(mirror)))
                .filter(other -> upstreamOf(other).equals(upstreamOf(mirror)))
                .min(OLDEST_FIRST)
                .filter(oldest -> !ResourceID.fromResource(oldest).equals(ResourceID.fromResource(mirror)));
    }

    /** The mirrors that count, oldest first. */
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

    /** The first part of an upstream's repositories in a Registry. A port comes after an underscore, since names have no colons. */
    static String folderOf(String upstream) {
        return upstream.replace(':', '_');
    }

    static String upstreamOf(ImageMirror mirror) {
        return mirror.getSpec().upstream().host();
    }
}
