package dev.berth.registry.upstream.mirror;

/**
 * Who asks for an image, as far as it decides whether the mirror fetches it.
 *
 * @param loggedIn whether the caller has shown who it is
 * @param outside  whether the request came by the port for clients from outside of the cluster
 * @param patience how long the client is kept waiting
 */
public record Requester(boolean loggedIn, boolean outside, WaitLimits patience) {
    boolean isStrangerFromOutside() {
        return outside && !loggedIn;
    }
}
