/** Ranges of semantic versions, by which mirrors choose tags. Uses no other package. */
@NullMarked
package dev.berth.protocol.version;

import org.jspecify.annotations.NullMarked;
