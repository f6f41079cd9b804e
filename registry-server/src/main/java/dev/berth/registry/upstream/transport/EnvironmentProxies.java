package dev.berth.registry.upstream.transport;

import dev.berth.registry.upstream.answer.WebAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, in upper or lower case, read as curl and containerd do: hosts in
 * `NO_PROXY` and their subdomains are connected to directly.
 */
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(address(uri).flatMap(EnvironmentProxies::proxy).orElse(Proxy.NO_PROXY));
    }

    /** The proxies for `host`, for a client whose requests name the host by its IP address. */
    ProxySelector asFor(String host) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                return EnvironmentProxies.this.select(URI.create(uri.getScheme() + "://" + host + port));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                EnvironmentProxies.this.connectFailed(uri, address, e);
            }
        };
    }

    /**
     * The `Proxy-Authorization` header for the proxy on the way to `uri`, if the proxy's address has a user, `http://me:secret@proxy:3128`.
     */
    Optional<String> authorization(URI uri) {
        return address(uri)
                .filter(proxy -> proxy.getHost() != null)
                .map(URI::getUserInfo)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The address of the proxy on the way to `uri`. */
    private Optional<URI> address(URI uri) {
        return isExcepted(WebAddress.host(uri).orElse(""), WebAddress.port(uri))
                ? Optional.empty()
                : variable(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy").flatMap(EnvironmentProxies::uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // The request fails itself and reports this.
    }

    private boolean isExcepted(String host, int port) {
        var name = host.toLowerCase(Locale.ROOT);
        return variable("no_proxy").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.replaceFirst("^\\*?\\.", ""))
                .anyMatch(entry -> entry.equals("*")
                        || name.equals(entry)
                        || (name + ":" + port).equals(entry)
                        || name.endsWith("." + entry));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(environment.get(name)))
                .filter(value -> !value.isBlank());
    }

    private static Optional<Proxy> proxy(URI uri) {
        return Optional.ofNullable(uri.getHost())
                .map(host -> new Proxy(
                        Proxy.Type.HTTP, new InetSocketAddress(host, uri.getPort() < 0 ? 80 : uri.getPort())));
    }

    /** `http://proxy:3128`, or without the scheme. */
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text.contains("://") ? text : "http://" + text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
