package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

final class PassedHeadersTest {
    @Test
    void what_a_runtime_asks_with_is_passed_on() {
        var passed = PassedHeaders.ofRequest(headers(
                "Authorization", "Basic dTpw",
                "Accept", "application/vnd.oci.image.manifest.v1+json",
                "Range", "bytes=5-",
                "If-None-Match", "\"x\"",
                "User-Agent", "containerd/1.6.20"));

        assertThat(passed.get("Authorization")).isEqualTo("Basic dTpw");
        assertThat(passed.get("Accept")).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(passed.get("Range")).isEqualTo("bytes=5-");
        assertThat(passed.get("If-None-Match")).isEqualTo("\"x\"");
        assertThat(passed.get("User-Agent")).isEqualTo("containerd/1.6.20");
    }

    @Test
    void what_is_about_the_connection_or_what_a_proxy_would_be_believed_is_not() {
        var passed = PassedHeaders.ofRequest(headers(
                "Connection", "close, X-Secret",
                "X-Secret", "1",
                "Transfer-Encoding", "chunked",
                "Content-Length", "3",
                "Upgrade", "h2c",
                "Host", "127.0.0.1:5003",
                "X-Forwarded-For", "10.0.0.1",
                "X-Forwarded-Proto", "https",
                "Forwarded", "for=10.0.0.1",
                "X-Berth-Node", "another",
                "X-Berth-Node-Token", "eyJ",
                "Proxy-Authorization", "Basic dTpw"));

        assertThat(passed.names()).containsExactly("Via");
    }

    @Test
    void an_answer_keeps_all_but_what_is_about_the_connection() {
        var passed = PassedHeaders.ofAnswer(headers(
                "Content-Length", "3",
                "Docker-Content-Digest", "sha256:00",
                "Connection", "keep-alive",
                "Keep-Alive", "timeout=5",
                "X-Berth-Node-Token", "wanted",
                "Transfer-Encoding", "chunked"));

        assertThat(passed.names()).containsExactlyInAnyOrder("Content-Length", "Docker-Content-Digest");
    }

    @Test
    void a_request_that_an_endpoint_has_passed_on_is_known_again() {
        assertThat(PassedHeaders.isLoop(headers())).isFalse();
        assertThat(PassedHeaders.isLoop(headers("Via", "1.1 squid"))).isFalse();
        assertThat(PassedHeaders.isLoop(PassedHeaders.ofRequest(headers("Via", "1.1 squid"))))
                .isTrue();
    }

    private static MultiMap headers(String... pairs) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }
}
