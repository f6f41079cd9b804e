/** Tests of the operator as a process, on a real API server. */
@NullMarked
package dev.berth.operator;

import org.jspecify.annotations.NullMarked;
