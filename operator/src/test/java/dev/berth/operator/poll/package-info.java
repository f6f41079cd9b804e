@NullMarked
package dev.berth.operator.poll;

import org.jspecify.annotations.NullMarked;
