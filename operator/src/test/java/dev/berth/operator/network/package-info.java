/** Tests of the package of the same name, without a cluster. */
@NullMarked
package dev.berth.operator.network;

import org.jspecify.annotations.NullMarked;
