package dev.berth.operator.resource;

import dev.berth.operator.condition.Finding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Optional;

/**
 * The annotation by which the owner of a custom resource pauses it. Until it is removed, the operator changes nothing that belongs to the
 * resource, not even when Berth is upgraded.
 */
public final class PauseAnnotation {
    static final String ANNOTATION = "berth.dev/paused";

    /** The condition that a custom resource has while it is paused. */
    public static final String TYPE = "Paused";

    private PauseAnnotation() {}

    /** Whether the annotation is `true`. */
    public static boolean isOn(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations())
                .map(annotations -> "true".equals(annotations.get(ANNOTATION)))
                .orElse(false);
    }

    /** The condition, with the command that ends the pause. */
    public static Finding finding(HasMetadata resource) {
        return Finding.holds(
                TYPE,
                "Paused",
                "the annotation " + ANNOTATION
                        + " is true, so Berth changes nothing and renews no certificate; to end the pause: kubectl -n "
                        + resource.getMetadata().getNamespace() + " annotate "
                        + resource.getKind().toLowerCase(Locale.ROOT) + " "
                        + resource.getMetadata().getName() + " " + ANNOTATION + "-");
    }
}
