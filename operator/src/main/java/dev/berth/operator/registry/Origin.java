package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;

/** Whose an object is: by annotation where it lives in another namespace than its registry, by label where in the same. */
final class Origin {

    /** On objects in other namespaces: `<namespace>/<name>` of the registry. */
    static final String ANNOTATION = "berth.dev/registry";

    private Origin() {}

    /** Whether an object says that its registry is in another namespace. */
    static boolean isElsewhere(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return of(object).stream()
                .anyMatch(registry -> !registry.getNamespace().orElse("").equals(namespace));
    }

    /** The registry that an object is about; none for what isn't ours. */
    static Set<ResourceID> of(HasMetadata object) {
        var metadata = object.getMetadata();
        var annotation = Optional.ofNullable(metadata.getAnnotations())
                .map(all -> all.get(ANNOTATION))
                .orElse(null);
        if (annotation != null) {
            var slash = annotation.indexOf('/');
            return slash < 0
                    ? Set.of()
                    : Set.of(new ResourceID(annotation.substring(slash + 1), annotation.substring(0, slash)));
        }
        var name = Optional.ofNullable(metadata.getLabels())
                .map(all -> all.get(RegistryLabels.INSTANCE))
                .orElse(null);
        return name == null ? Set.of() : Set.of(new ResourceID(name, metadata.getNamespace()));
    }
}
