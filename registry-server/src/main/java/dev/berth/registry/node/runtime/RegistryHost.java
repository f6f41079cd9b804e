package dev.berth.registry.node.runtime;

import java.util.Optional;

/**
 * One registry as nodes have to know it.
 *
 * @param name what stands before the first slash in the names of its images
 * @param endpoint where it answers
 * @param ca who vouches for it; empty where the node's own authorities do
 * @param fallBack where the runtime goes when this endpoint doesn't answer, or doesn't have an image
 */
public record RegistryHost(HostName name, Endpoint endpoint, Optional<CertificateBundle> ca, FallBack fallBack) {

    /** Where a runtime goes next. */
    public enum FallBack {
        /** Nowhere: the registry's name means nothing to anybody else. */
        NONE,
        /** To the host itself, as if nothing were set up for it: the endpoint keeps copies of what that host has. */
        UPSTREAM
    }
}
