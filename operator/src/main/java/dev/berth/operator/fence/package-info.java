/** Keeps an exception that one object causes away from all other objects. Knows no kind of Berth's. */
@NullMarked
package dev.berth.operator.fence;

import org.jspecify.annotations.NullMarked;
