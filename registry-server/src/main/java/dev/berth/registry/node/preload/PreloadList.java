package dev.berth.registry.node.preload;

import dev.berth.protocol.hosts.Preload;
import dev.berth.registry.node.runtime.RegistryHost;

/** The images of one host that nodes are to have in advance, and which nodes. */
public record PreloadList(RegistryHost host, Preload preload) {}
