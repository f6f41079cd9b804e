/** The section `mirrors` of a server's configuration, which the operator writes. */
@NullMarked
package dev.berth.protocol.mirror;

import org.jspecify.annotations.NullMarked;
