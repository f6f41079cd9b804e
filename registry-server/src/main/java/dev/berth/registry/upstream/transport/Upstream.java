package dev.berth.registry.upstream.transport;

import dev.berth.registry.upstream.answer.WebAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Another registry and how to log in to it.
 *
 * @param name   its name for people and metrics, `docker.io`
 * @param url    the address of its API, without `/v2/`
 * @param ca     PEM file of the certificate authorities to trust there; empty for the authorities that Java trusts
 * @param realms further hosts that may receive the credentials, such as its token service
 */
public record Upstream(
        String name, URI url, Optional<UpstreamCredentials> credentials, Optional<Path> ca, Set<String> realms) {
    public Upstream {
        realms = Set.copyOf(realms);
        if (!isWeb(url)) {
            throw new IllegalArgumentException(
                    url + " is not the address of a registry, such as https://registry.example");
        }
    }

    /** A registry that needs no login. */
    public static Upstream open(String name, URI url) {
        return new Upstream(name, url, Optional.empty(), Optional.empty(), Set.of());
    }

    /** The same registry with another login. */
    public Upstream with(UpstreamCredentials login) {
        return new Upstream(name, url, Optional.of(login), ca, realms);
    }

    /** Whether `url` can be the address of a registry: http or https, with a host, without a query or fragment. */
    public static boolean isWeb(URI url) {
        return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                && WebAddress.host(url).isPresent()
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    /** Host and port of its API, `registry-1.docker.io`. Upstreams of one host share its limits. */
    public String host() {
        return hostOf(url);
    }

    /** Host and port of an address; the port is left out if it is the usual one. */
    public static String hostOf(URI url) {
        var port = WebAddress.port(url);
        var usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        var host = WebAddress.host(url).orElse("");
        return port < 0 || port == usual ? host : host + ":" + port;
    }

    /**
     * Whether credentials may be sent to an address: to the registry's own host and to the hosts in `realms`, never from TLS to plain HTTP.
     */
    public boolean trusts(URI realm) {
        var host = hostOf(realm);
        return keepsTls(realm) && (host.equals(host()) || realms.contains(host));
    }

    /** Whether going on to `next` does not lead from TLS to plain HTTP. */
    public boolean keepsTls(URI next) {
        return !"https".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
    }

    /** An address of the registry's API; `path` starts after `/v2/`. */
    public URI at(String path) {
        var text = url.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/v2/" + path);
    }
}
