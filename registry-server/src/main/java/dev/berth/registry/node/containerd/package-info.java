/** containerd: its per-host files below `certs.d`, and its configuration. */
package dev.berth.registry.node.containerd;
