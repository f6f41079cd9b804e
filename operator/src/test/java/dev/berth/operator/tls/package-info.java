/** Tests of the package of the same name, without a cluster. */
@NullMarked
package dev.berth.operator.tls;

import org.jspecify.annotations.NullMarked;
