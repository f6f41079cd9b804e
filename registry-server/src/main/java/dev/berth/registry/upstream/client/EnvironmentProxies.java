package dev.berth.registry.upstream.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them, in capitals or not, as curl and containerd read them: no proxy for hosts
 * that are listed, and those below them.
 */
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = isExcepted(uri.getHost(), uri.getPort())
                ? Optional.<Proxy>empty()
                : variable(uri.getScheme() + "_proxy").flatMap(EnvironmentProxies::proxy);
        return List.of(proxy.orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // The request itself fails, and says so.
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

    /** `http://proxy:3128`, or without the scheme. */
    private static Optional<Proxy> proxy(String text) {
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            return Optional.ofNullable(uri.getHost())
                    .map(host -> new Proxy(
                            Proxy.Type.HTTP, new InetSocketAddress(host, uri.getPort() < 0 ? 80 : uri.getPort())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
