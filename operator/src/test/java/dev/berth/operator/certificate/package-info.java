/** Tests of certificates: made, kept, renewed. */
@NullMarked
package dev.berth.operator.certificate;

import org.jspecify.annotations.NullMarked;
