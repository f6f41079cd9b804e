/**
 * Everything that a `Registry` becomes: its children, one class each, and its status.
 *
 * <p>{@link dev.berth.operator.registry.RegistryReconciler} lists the children; {@link dev.berth.operator.registry.RegistryFeature}
 * is where other rooms plug in.
 */
@NullMarked
package dev.berth.operator.registry;

import org.jspecify.annotations.NullMarked;
