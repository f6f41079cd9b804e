/** How documents are written and read, whatever stands in them. Uses no other package. */
@NullMarked
package dev.berth.protocol.document;

import org.jspecify.annotations.NullMarked;
