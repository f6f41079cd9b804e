/** Tests of what a registry becomes, without a cluster. */
@NullMarked
package dev.berth.operator.registry;

import org.jspecify.annotations.NullMarked;
