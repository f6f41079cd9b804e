/**
 * Reconciles a `Registry`: {@link dev.berth.operator.registry.RegistryChildren} is the table of its children,
 * {@link dev.berth.operator.registry.Readiness} decides whether it is ready, and {@link dev.berth.operator.registry.StatusReport} makes its
 * status. Other packages add to it by {@link dev.berth.operator.registry.RegistryFeature}.
 */
@NullMarked
package dev.berth.operator.registry;

import org.jspecify.annotations.NullMarked;
