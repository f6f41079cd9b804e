/** Keeps a fault of one object away from all others. Knows no kind of Berth's. */
@NullMarked
package dev.berth.operator.fence;

import org.jspecify.annotations.NullMarked;
