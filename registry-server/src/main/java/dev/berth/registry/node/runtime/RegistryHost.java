package dev.berth.registry.node.runtime;

import java.util.Optional;

/**
 * What a node has to know about one registry.
 *
 * @param name the part of its image names before the first slash
 * @param endpoint the address at which the node reaches it
 * @param ca its certificate authorities; empty if the node trusts them already
 * @param fallBack where the runtime pulls from if the endpoint doesn't answer or doesn't have an image
 * @param loopback the agent's own endpoint on this node, which runtimes ask first; empty if it is off
 */
public record RegistryHost(
        HostName name,
        Endpoint endpoint,
        Optional<CertificateBundle> ca,
        FallBack fallBack,
        Optional<Endpoint> loopback) {
    /** A host that runtimes ask directly. */
    public RegistryHost(HostName name, Endpoint endpoint, Optional<CertificateBundle> ca, FallBack fallBack) {
        this(name, endpoint, ca, fallBack, Optional.empty());
    }

    /** The same host, which runtimes ask by way of the agent. */
    public RegistryHost through(Optional<Endpoint> address) {
        return address.isEmpty() ? this : new RegistryHost(name, endpoint, ca, fallBack, address);
    }

    /** Where a runtime pulls from if the endpoint has no answer. */
    public enum FallBack {
        /** Nowhere: nothing else serves this host. */
        NONE,
        /** From the host itself, as if nothing were set up for it: the endpoint is a mirror of that host. */
        UPSTREAM
    }
}
