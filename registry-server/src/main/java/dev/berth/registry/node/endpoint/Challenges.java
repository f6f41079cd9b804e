package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.RegistryHost;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses in the answers of a Registry, as a runtime can use them. A runtime that has no certificate authority of the Registry can't
 * reach the token service that a challenge names. So the challenge names the endpoint, which passes the request for a token on.
 */
final class Challenges {
    private static final Pattern REALM = Pattern.compile("(\\brealm=\")([^\"]*)(\")");
    private static final String TOKEN_PATH = "/token";

    private Challenges() {}

    /**
     * A `WWW-Authenticate` header. A realm elsewhere than on the Registry stays as it is: the endpoint passes nothing on to other servers.
     *
     * @param endpoint where the runtime reaches the endpoint
     */
    static String rewritten(String header, RegistryHost host, Endpoint endpoint) {
        var realm = REALM.matcher(header);
        return header.startsWith("Bearer ") && realm.find() && isOf(host.endpoint(), realm.group(2))
                ? realm.replaceFirst(found -> Matcher.quoteReplacement(
                        found.group(1) + endpoint + Routing.TOKENS + host.name() + found.group(3)))
                : header;
    }

    /** The path of a `Link` or `Location` that is relative to the Registry, with the prefix that the request had. */
    static String prefixed(String header, String prefix) {
        var relative = header.startsWith("</v2/") ? "</v2/" : "/v2/";
        return !prefix.isEmpty() && header.startsWith(relative)
                ? relative + prefix + header.substring(relative.length())
                : header;
    }

    private static boolean isOf(Endpoint registry, String realm) {
        try {
            var uri = new URI(realm);
            return TOKEN_PATH.equals(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && registry.uri().getScheme().equals(uri.getScheme())
                    && registry.uri().getHost().equals(uri.getHost())
                    && port(registry.uri()) == port(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
