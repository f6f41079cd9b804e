package dev.berth.registry.node.runtime;

import java.net.URI;
import java.net.URISyntaxException;

/** The address at which a node reaches a registry: `https://10.96.62.25`, with a port unless it is the default of the scheme. */
public record Endpoint(URI uri) {
    private static final String EXPECTED = "an endpoint: http or https, a host and perhaps a port, nothing else";

    public Endpoint {
        var web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        var bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!web || !bare || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new InvalidHost(uri.toString(), EXPECTED);
        }
    }

    /**
     * Reads `https://10.96.62.25:5000`.
     *
     * @throws InvalidHost for anything with a path, a user or another scheme
     */
    public static Endpoint parse(String text) {
        try {
            var uri = new URI(text);
            if (uri.isOpaque()) {
                throw new InvalidHost(text, EXPECTED);
            }
            return new Endpoint(uri);
        } catch (URISyntaxException e) {
            throw new InvalidHost(text, EXPECTED);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
