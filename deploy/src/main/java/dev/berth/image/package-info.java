/**
 * Builds the container images of the server and of the operator from a JDK, a few pinned Debian packages and the jars of this build. It needs
 * no base image and no daemon, and gives the same bytes each time.
 */
@NullMarked
package dev.berth.image;

import org.jspecify.annotations.NullMarked;
