/** The passwords that the operator makes for pull and push secrets: the operator signs them, and the server checks them with the same keys. */
@NullMarked
package dev.berth.protocol.password;

import org.jspecify.annotations.NullMarked;
