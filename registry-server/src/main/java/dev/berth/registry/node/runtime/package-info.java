/**
 * What every container runtime of a node has in common: the {@link dev.berth.registry.node.runtime.ContainerRuntime} that the agent drives,
 * the hosts that it is given, and the marked files that it writes. Each runtime is a package beside this one.
 */
package dev.berth.registry.node.runtime;
