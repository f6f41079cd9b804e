/** The harness that drives a cluster from outside: the scripts of the project, `kubectl`, and a command that keeps a cluster between runs. */
@NullMarked
package dev.berth.e2e;

import org.jspecify.annotations.NullMarked;
