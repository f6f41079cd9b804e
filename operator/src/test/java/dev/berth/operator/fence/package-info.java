@NullMarked
package dev.berth.operator.fence;

import org.jspecify.annotations.NullMarked;
