/** The rows of mirrored images and of the syncs of scheduled mirrors. */
package dev.berth.registry.metadata.mirror;
