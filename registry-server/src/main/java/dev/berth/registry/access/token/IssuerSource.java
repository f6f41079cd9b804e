package dev.berth.registry.access.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where the keys of an issuer are read.
 *
 * @param title how messages name the issuer
 * @param issuer what the discovery document has to name as the issuer; empty takes what it says
 * @param discovery where `/.well-known/openid-configuration` is asked for (OpenID Connect Discovery 1.0, 4)
 * @param certificateAuthority whom to trust there instead of Java's own list
 * @param tokenFile a token of the server's own to show there; it goes nowhere that the authority doesn't vouch for
 */
record IssuerSource(
        String title,
        Optional<String> issuer,
        URI discovery,
        Optional<Path> certificateAuthority,
        Optional<Path> tokenFile) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The URL in a text; empty if it is none, or one over plain HTTP to another machine. */
    static Optional<URI> safeUrl(String text) {
        try {
            return Optional.of(new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text))
                    .filter(IssuerSource::isSafe);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Keys that came over plain HTTP would be anybody's. */
    private static boolean isSafe(URI url) {
        return url.getHost() != null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost())));
    }

    /** Whether keys may be read there. A discovery document that came over https cannot send the server to a plain HTTP port. */
    boolean mayHaveKeysAt(URI keys) {
        return isSafe(keys) && ("https".equals(keys.getScheme()) || "http".equals(discovery.getScheme()));
    }
}
