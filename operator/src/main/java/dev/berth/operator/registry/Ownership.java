package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Whose an object is that Berth applied: one Registry never writes what belongs to another. Pure. */
final class Ownership {

    private Ownership() {}

    /** Whether Berth applied this object on behalf of this registry; also when somebody took its labels off. */
    static boolean isOf(RegistryNames names, HasMetadata object) {
        return FieldManager.hasApplied(object)
                && ownerOf(object)
                        .map(owner -> owner.equals(names.namespace() + "/" + names.name()))
                        .orElse(true);
    }

    /** The registry, as `namespace/name`, that an object says it belongs to; empty when it says nothing, or isn't Berth's. */
    static Optional<String> ownerOf(HasMetadata object) {
        return FieldManager.hasApplied(object) ? stated(object).or(() -> owning(object)) : Optional.empty();
    }

    private static Optional<String> stated(HasMetadata object) {
        return Origin.of(object).stream()
                .map(id -> id.getNamespace().orElse("") + "/" + id.getName())
                .findFirst();
    }

    private static Optional<String> owning(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getOwnerReferences()).orElse(List.of()).stream()
                .filter(owner -> "Registry".equals(owner.getKind()))
                .map(owner -> object.getMetadata().getNamespace() + "/" + owner.getName())
                .findFirst();
    }
}
