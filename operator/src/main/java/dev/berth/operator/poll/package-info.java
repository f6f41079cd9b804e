/** Asks servers how they are, from time to time and each by itself. Knows no kind of Berth's. */
@NullMarked
package dev.berth.operator.poll;

import org.jspecify.annotations.NullMarked;
