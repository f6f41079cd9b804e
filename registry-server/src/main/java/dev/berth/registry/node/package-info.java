/**
 * The node agent. It tells the container runtime of its node where the cluster's registries are: nodes have no cluster DNS, so a runtime can
 * pull `apps.team-a.svc/web:1` only if it knows the address and the certificate authority behind that name.
 *
 * <p>The agent reads a list of hosts from ConfigMaps that the operator keeps. A
 * {@link dev.berth.registry.node.runtime.ContainerRuntime} writes the runtime's own files for them. It changes only files that it wrote
 * itself, and removes all of them when Berth is uninstalled.
 */
package dev.berth.registry.node;
