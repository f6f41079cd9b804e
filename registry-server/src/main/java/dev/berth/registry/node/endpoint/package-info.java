/**
 * The loopback endpoint of a node. Container runtimes ask it for images over plain HTTP on 127.0.0.1, and it passes their requests on to the
 * Registries in the list of hosts over TLS. So runtimes need neither DNS nor a certificate authority, and a Registry that does not answer
 * delays no pull for long: the endpoint always answers within {@link dev.berth.registry.node.endpoint.PullLimits}, and the runtime goes on to
 * the next host that it knows.
 */
package dev.berth.registry.node.endpoint;
