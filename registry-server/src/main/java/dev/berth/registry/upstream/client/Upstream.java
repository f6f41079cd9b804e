package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.answer.WebAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Another registry, and how to be let in there.
 *
 * @param name   as people and metrics call it, `docker.io`
 * @param url    where its API is, without `/v2/`
 * @param ca     PEM file of the authorities to trust there; without it, those that Java trusts
 * @param realms further hosts that may be sent the credentials, since its tokens come from there
 */
public record Upstream(
        String name, URI url, Optional<UpstreamCredentials> credentials, Optional<Path> ca, Set<String> realms) {
    public Upstream {
        realms = Set.copyOf(realms);
        if (!isWeb(url)) {
            throw new IllegalArgumentException(url + " is no address of a registry, as https://registry.example is");
        }
    }

    /** One that lets everybody in. */
    public static Upstream open(String name, URI url) {
        return new Upstream(name, url, Optional.empty(), Optional.empty(), Set.of());
    }

    /** Whether it can be asked: http or https, a host, and nothing that a path would be put after. */
    public static boolean isWeb(URI url) {
        return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                && WebAddress.host(url).isPresent()
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    /** Host and port, `registry-1.docker.io`: who is asked, and who shares a budget. */
    public String host() {
        return hostOf(url);
    }

    /** Host and port of any address, in one spelling. */
    static String hostOf(URI url) {
        var port = WebAddress.port(url);
        var usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        var host = WebAddress.host(url).orElse("");
        return port < 0 || port == usual ? host : host + ":" + port;
    }

    /** Whether credentials may be sent there: to its own host, and to those that the settings name, never from TLS to plain HTTP. */
    boolean trusts(URI realm) {
        var host = hostOf(realm);
        return keepsTls(realm) && (host.equals(host()) || realms.contains(host));
    }

    /** Whether nothing that came over TLS would go on without it. */
    boolean keepsTls(URI next) {
        return !"https".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
    }

    /** An address of its API; `path` starts after `/v2/`. */
    URI at(String path) {
        var text = url.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/v2/" + path);
    }
}
