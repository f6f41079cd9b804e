/** Tests of conditions. */
@NullMarked
package dev.berth.operator.condition;

import org.jspecify.annotations.NullMarked;
