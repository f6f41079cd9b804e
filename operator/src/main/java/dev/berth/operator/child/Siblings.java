package dev.berth.operator.child;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.function.Function;

/** Reads the other children of a Registry. A child that depends on another in the workflow sees it as it was applied a moment ago. */
public record Siblings(RegistryNames names, Context<Registry> context) {
    public static Siblings of(Registry registry, Context<Registry> context) {
        return new Siblings(RegistryNames.of(registry), context);
    }

    public <R extends HasMetadata> Optional<R> find(Class<R> type, String name) {
        return ChildWatches.find(type, new ResourceID(name, names.namespace()), context);
    }

    /**
     * Reads something out of a child that has to exist.
     *
     * @param reading is empty for an object that does not hold what it should
     * @throws ChildFailure.Missing if the child does not exist or cannot be read
     */
    public <R extends HasMetadata, V> V read(Class<R> type, String name, Function<R, Optional<V>> reading) {
        return find(type, name)
                .flatMap(reading)
                .orElseThrow(() -> new ChildFailure.Missing(type.getSimpleName(), name));
    }
}
