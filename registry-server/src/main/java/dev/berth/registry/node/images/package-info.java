/** Tells which images of the cluster's registries a node has and uses. */
package dev.berth.registry.node.images;
