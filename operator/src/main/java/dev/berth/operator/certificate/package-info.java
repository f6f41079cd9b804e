/** Makes and reads the certificates and keys of a Registry, and decides whether they can still be used. Knows no cluster. */
@NullMarked
package dev.berth.operator.certificate;

import org.jspecify.annotations.NullMarked;
