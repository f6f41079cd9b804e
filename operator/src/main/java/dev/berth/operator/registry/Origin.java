package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;

/** Whose an object is: by annotation where it lives in another namespace than its registry, by label where in the same. */
final class Origin {

    /** On objects in other namespaces: `<namespace>/<name>` of the registry. */
    static final String ANNOTATION = "berth.dev/registry";

    private Origin() {}

    /** The registry that an object is about; none for what isn't ours. */
    static Set<ResourceID> of(HasMetadata object) {
        var metadata = object.getMetadata();
        var annotation = metadata.getAnnotations().get(ANNOTATION);
        if (annotation != null) {
            var slash = annotation.indexOf('/');
            return slash < 0
                    ? Set.of()
                    : Set.of(new ResourceID(annotation.substring(slash + 1), annotation.substring(0, slash)));
        }
        var name = metadata.getLabels().get(RegistryLabels.INSTANCE);
        return name == null ? Set.of() : Set.of(new ResourceID(name, metadata.getNamespace()));
    }
}
