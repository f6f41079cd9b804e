/** The names of images and registries, and what Docker lets people leave out of them. Uses no other package. */
@NullMarked
package dev.berth.protocol.name;

import org.jspecify.annotations.NullMarked;
