/** The server of a Registry: its StatefulSet and Pod, its volume, its configuration, and the order of upgrades. */
@NullMarked
package dev.berth.operator.server;

import org.jspecify.annotations.NullMarked;
