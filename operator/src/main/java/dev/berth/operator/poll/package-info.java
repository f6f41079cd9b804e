/** Asks servers and node agents how they are. Knows no kind of Berth's. */
@NullMarked
package dev.berth.operator.poll;

import org.jspecify.annotations.NullMarked;
