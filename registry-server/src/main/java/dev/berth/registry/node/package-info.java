/**
 * What tells a node's container runtime where the cluster's registries are. Nodes have no cluster DNS: a pod's image
 * `apps.team-a.svc/web:1` can be pulled only if the runtime knows the address and the authority behind that name.
 *
 * <p>The agent reads a list of hosts (ConfigMaps that the operator keeps), and a {@link dev.berth.registry.node.ContainerRuntime} turns it into the
 * runtime's own files. It writes files of its own only, and takes them all back when it is uninstalled.
 */
package dev.berth.registry.node;
