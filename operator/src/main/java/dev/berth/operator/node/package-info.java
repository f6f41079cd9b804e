/**
 * What nodes are told about registries: one list of hosts in several ConfigMaps, written here and nowhere else, and read back from the agents
 * that follow it. Only registries of namespaces that an administrator has trusted are in it, since a host name on a node means the same
 * to every pod there.
 */
@NullMarked
package dev.berth.operator.node;

import org.jspecify.annotations.NullMarked;
