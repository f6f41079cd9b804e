/** Tests of what a mirror becomes, without a cluster. */
@NullMarked
package dev.berth.operator.mirror;

import org.jspecify.annotations.NullMarked;
