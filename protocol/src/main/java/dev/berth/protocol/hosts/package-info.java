/** The list of hosts: what the operator writes into ConfigMaps and node agents follow. */
@NullMarked
package dev.berth.protocol.hosts;

import org.jspecify.annotations.NullMarked;
