/** What servers and node agents say of themselves at `/status` of their management ports, for the operator to read. */
@NullMarked
package dev.berth.protocol.status;

import org.jspecify.annotations.NullMarked;
