package dev.berth.operator.naming;

import dev.berth.operator.resource.FieldManager;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the Registry that an object belongs to. An object in the Registry's own namespace names it in a label, an object in another
 * namespace in an annotation. One Registry never writes an object of another. Pure.
 */
public final class Ownership {
    /** The annotation of objects in other namespaces; its value is `<namespace>/<name>` of the Registry. */
    public static final String ANNOTATION = "berth.dev/registry";

    private Ownership() {}

    /** The Registry that the object's annotation or label names; empty for an object that names none. */
    public static Set<ResourceID> stated(HasMetadata object) {
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

    /** Whether an object names a Registry of another namespace than its own. */
    public static boolean isElsewhere(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return stated(object).stream()
                .anyMatch(registry -> !registry.getNamespace().orElse("").equals(namespace));
    }

    /** Whether Berth applied this object for this Registry. An object that lost its labels still belongs to it. */
    public static boolean isOf(RegistryNames names, HasMetadata object) {
        return FieldManager.hasApplied(object)
                && ownerOf(object)
                        .map(owner -> owner.equals(names.namespace() + "/" + names.name()))
                        .orElse(true);
    }

    /** The Registry, as `namespace/name`, that an object belongs to; empty if it names none, or if Berth did not apply it. */
    public static Optional<String> ownerOf(HasMetadata object) {
        return FieldManager.hasApplied(object)
                ? stated(object).stream()
                        .map(id -> id.getNamespace().orElse("") + "/" + id.getName())
                        .findFirst()
                        .or(() -> owner(object))
                : Optional.empty();
    }

    private static Optional<String> owner(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> "Registry".equals(owner.getKind()))
                .map(owner -> object.getMetadata().getNamespace() + "/" + owner.getName())
                .findFirst();
    }
}
