/**
 * What container runtimes need that know no address per host, such as Docker Engine, podman and CRI-O: a line in the node's `/etc/hosts` for each
 * registry, and the registry's certificate authority in a `certs.d`.
 */
package dev.berth.registry.node.names;
