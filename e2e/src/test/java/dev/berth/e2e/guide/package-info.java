/** The guides as tests: the pages of the documentation, and the shell that runs their commands. */
@NullMarked
package dev.berth.e2e.guide;

import org.jspecify.annotations.NullMarked;
