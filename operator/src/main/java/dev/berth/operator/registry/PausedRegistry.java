package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * A Registry that its owner has paused by an annotation. The operator changes nothing that belongs to it until the annotation is taken
 * off: its server goes on as it is, also while Berth is upgraded.
 */
final class PausedRegistry {

    static final String ANNOTATION = "berth.dev/paused";

    /** The condition that is there while a Registry is paused. */
    static final String TYPE = "Paused";

    private PausedRegistry() {}

    static boolean is(HasMetadata registry) {
        return Optional.ofNullable(registry.getMetadata().getAnnotations())
                .map(annotations -> "true".equals(annotations.get(ANNOTATION)))
                .orElse(false);
    }

    static Finding finding(HasMetadata registry) {
        return Finding.holds(
                TYPE,
                RegistryReasons.PAUSED,
                "the annotation " + ANNOTATION
                        + " is true: nothing is changed, and certificates are not renewed; kubectl -n "
                        + registry.getMetadata().getNamespace() + " annotate registry "
                        + registry.getMetadata().getName() + " " + ANNOTATION + "- ends that");
    }
}
