@NullMarked
package dev.berth.operator.cache;

import org.jspecify.annotations.NullMarked;
