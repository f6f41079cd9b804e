/** Finds out whether the runtime of a node can pull from a host, by pulling a tiny image from there, and decides what follows. */
package dev.berth.registry.node.canary;
