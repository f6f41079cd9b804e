package dev.berth.registry.upstream.pull;

/**
 * The client that asks for an image, as far as it matters to whether the mirror fetches the image.
 *
 * @param loggedIn whether the client is logged in
 * @param outside  whether the request came in by the port for clients from outside the cluster
 * @param limits how long the client waits
 */
public record Requester(boolean loggedIn, boolean outside, WaitLimits limits) {
    boolean isStrangerFromOutside() {
        return outside && !loggedIn;
    }
}
