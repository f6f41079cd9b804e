/** Holds what the operator watches in compressed form, so that the objects of thousands of Registries fit into its memory. */
@NullMarked
package dev.berth.operator.cache;

import org.jspecify.annotations.NullMarked;
