/**
 * Changes of a runtime's own configuration, which take a restart of the runtime: one node after the other, and taken back if the runtime does not come
 * up.
 */
package dev.berth.registry.node.restart;
