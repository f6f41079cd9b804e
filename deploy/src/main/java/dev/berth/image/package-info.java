/**
 * Builds the container images of the server and of the operator from nothing but a JDK, a few pinned Debian packages
 * and the jars of the reactor: no base image, no daemon, the same bytes each time.
 */
@NullMarked
package dev.berth.image;

import org.jspecify.annotations.NullMarked;
