/** Which images of another registry are wanted: repositories, tags and platforms. Pure; asks nobody. */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.upstream.images;
