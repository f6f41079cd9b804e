/**
 * What the image build knows of HotSpot's own file format, and of no other part of the build. The format belongs to one JDK release: a JDK
 * that writes another one is recognised, and its files stay as they are.
 */
@NullMarked
package dev.berth.image.hotspot;

import org.jspecify.annotations.NullMarked;
