/** The Services and the NetworkPolicy of a Registry, and the ports of its server. */
@NullMarked
package dev.berth.operator.network;

import org.jspecify.annotations.NullMarked;
