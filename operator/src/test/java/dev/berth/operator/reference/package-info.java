/** Makes the reference of the custom resources in docs/reference. */
@NullMarked
package dev.berth.operator.reference;

import org.jspecify.annotations.NullMarked;
