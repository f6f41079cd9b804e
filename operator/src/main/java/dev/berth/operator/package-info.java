/** The operator: {@link dev.berth.operator.BerthOperator} wires the rooms, which are the packages below. */
@NullMarked
package dev.berth.operator;

import org.jspecify.annotations.NullMarked;
