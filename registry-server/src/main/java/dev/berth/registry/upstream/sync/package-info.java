/**
 * Mirrors that copy images on a schedule. Pure classes decide which images are wanted, what is new, and when a failed image is tried again;
 * the classes that ask an upstream and write to this registry are thin.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.upstream.sync;
