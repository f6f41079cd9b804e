/**
 * What an `ImageMirror` becomes: a part of its registry's configuration, an entry in the list of hosts that nodes follow, and a
 * status.
 *
 * <p>{@link dev.berth.operator.mirror.RegistryMirrors} tells registries, {@link dev.berth.operator.mirror.MirrorNodes} nodes,
 * and {@link dev.berth.operator.mirror.ImageMirrorReconciler} says how it went.
 */
@NullMarked
package dev.berth.operator.mirror;

import org.jspecify.annotations.NullMarked;
