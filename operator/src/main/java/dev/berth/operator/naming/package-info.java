/** The names and labels of a Registry's objects, and how an object leads back to its Registry. */
@NullMarked
package dev.berth.operator.naming;

import org.jspecify.annotations.NullMarked;
