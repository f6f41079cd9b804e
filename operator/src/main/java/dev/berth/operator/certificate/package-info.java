/** Certificates and keys of a registry: made, read, and judged whether they still do. Knows no cluster. */
@NullMarked
package dev.berth.operator.certificate;

import org.jspecify.annotations.NullMarked;
