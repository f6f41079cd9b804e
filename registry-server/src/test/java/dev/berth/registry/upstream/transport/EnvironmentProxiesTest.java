package dev.berth.registry.upstream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentProxiesTest {
    private final EnvironmentProxies proxies = new EnvironmentProxies(Map.of(
            "HTTPS_PROXY", "http://proxy.example:3128",
            "http_proxy", "other.example",
            "NO_PROXY", "localhost, .svc,example.org:8443,*.internal"));

    @ParameterizedTest
    @CsvSource({
        "https://registry-1.docker.io, proxy.example:3128",
        "http://registry-1.docker.io,  other.example:80",
        "https://localhost,            none",
        "https://localhost.example,    proxy.example:3128",
        "https://apps.team-a.svc,      none",
        "https://example.org:8443,     none",
        "https://example.org,          proxy.example:3128",
        "https://a.b.internal,         none",
    })
    void a_proxy_is_taken_unless_the_host_is_excepted(URI url, String expected) {
        assertThat(proxies.select(url))
                .singleElement()
                .satisfies(proxy -> assertThat(name(proxy)).isEqualTo(expected));
    }

    @Test
    void a_host_that_is_asked_by_its_number_has_the_proxies_of_its_name() {
        var byNumber = URI.create("https://10.0.0.1:5000");
        assertThat(proxies.asFor("registry_1.internal").select(byNumber)).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.asFor("registry_1.example").select(byNumber))
                .singleElement()
                .satisfies(proxy -> assertThat(name(proxy)).isEqualTo("proxy.example:3128"));
    }

    private static String name(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "none";
    }
}
