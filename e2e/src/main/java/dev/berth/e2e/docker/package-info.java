/** The Docker daemon that clusters run in: choosing one, and leaving nothing in it. */
@NullMarked
package dev.berth.e2e.docker;

import org.jspecify.annotations.NullMarked;
