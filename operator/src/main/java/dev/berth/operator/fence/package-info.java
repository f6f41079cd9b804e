/** Keeps what goes wrong with one object from stopping the work on all others. */
@NullMarked
package dev.berth.operator.fence;

import org.jspecify.annotations.NullMarked;
