/** Applies, watches and finds the children of a Registry, and tells why a child could not be applied. */
@NullMarked
package dev.berth.operator.child;

import org.jspecify.annotations.NullMarked;
