/**
 * Reconciles an `ImageMirror`, which makes no objects of its own: {@link dev.berth.operator.mirror.RegistryMirrors} puts it into the
 * configuration of its Registry's server, {@link dev.berth.operator.mirror.MirrorNodes} into the nodes' list of hosts, and
 * {@link dev.berth.operator.mirror.ImageMirrorReconciler} writes its status. {@link dev.berth.operator.mirror.MirrorWatches} lists what wakes it.
 */
@NullMarked
package dev.berth.operator.mirror;

import org.jspecify.annotations.NullMarked;
