/** Objects of Berth's kinds, made at random from the schemas of the CRDs. */
@NullMarked
package dev.berth.operator.random;

import org.jspecify.annotations.NullMarked;
