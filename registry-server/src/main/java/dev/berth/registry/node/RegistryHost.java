package dev.berth.registry.node;

import java.util.Optional;

/**
 * One registry as nodes have to know it.
 *
 * @param name what stands before the first slash in the names of its images
 * @param endpoint where it answers
 * @param ca who vouches for it; empty where the node's own authorities do
 */
public record RegistryHost(HostName name, Endpoint endpoint, Optional<CertificateBundle> ca) {}
