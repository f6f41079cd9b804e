/** What drives a cluster from outside: the project's scripts, `kubectl`, and the command that keeps a cluster between runs. */
@NullMarked
package dev.berth.e2e;

import org.jspecify.annotations.NullMarked;
