/**
 * podman and CRI-O, which pull by the same library (containers/image) and read the same files: `/etc/containers/certs.d` and
 * `/etc/containers/registries.conf.d`.
 */
package dev.berth.registry.node.containers;
