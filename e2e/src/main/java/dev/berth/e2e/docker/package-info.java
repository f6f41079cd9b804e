/** The Docker daemon that clusters run in: which one, and that nothing is left in it. */
@NullMarked
package dev.berth.e2e.docker;

import org.jspecify.annotations.NullMarked;
