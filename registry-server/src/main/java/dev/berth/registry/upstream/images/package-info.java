/** Which images of another registry are wanted: repositories, tags and platforms. Pure functions. */
@org.jspecify.annotations.NullMarked
package dev.berth.registry.upstream.images;
