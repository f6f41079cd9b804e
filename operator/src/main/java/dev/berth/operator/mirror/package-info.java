/** What an `ImageMirror` becomes. In this version: an answer that says when to come back. */
@NullMarked
package dev.berth.operator.mirror;

import org.jspecify.annotations.NullMarked;
