/** Docker Engine, also below cri-dockerd: its `certs.d`, and the node's `/etc/hosts`. */
package dev.berth.registry.node.docker;
