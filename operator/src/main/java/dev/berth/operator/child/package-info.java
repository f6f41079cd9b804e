/** What all children of a Registry have in common: how they are applied, watched and found, and what keeps one from being applied. */
@NullMarked
package dev.berth.operator.child;

import org.jspecify.annotations.NullMarked;
