/** How the operator holds what it watches, so that a cluster of thousands of registries fits into its memory. */
@NullMarked
package dev.berth.operator.cache;

import org.jspecify.annotations.NullMarked;
