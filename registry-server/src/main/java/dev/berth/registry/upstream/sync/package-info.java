/**
 * Mirrors that copy on a schedule: which images, what of them is new, when it is tried again. What is decided is decided by pure
 * classes; the ones that ask an upstream and write to the catalog are thin.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.upstream.sync;
