package dev.berth.registry.upstream.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {
    private static final URI FROM = URI.create("https://registry.example:5000/v2/a/tags/list?n=2");

    @Test
    void a_reference_is_resolved_as_it_is_meant() {
        assertThat(WebAddress.resolve(FROM, "?page=2"))
                .contains(at("https://registry.example:5000/v2/a/tags/list?page=2"));
        assertThat(WebAddress.resolve(FROM, "/v2/b?x")).contains(at("https://registry.example:5000/v2/b?x"));
        assertThat(WebAddress.resolve(FROM, "HTTP://cdn.example/x#y")).contains(at("http://cdn.example/x"));
        assertThat(WebAddress.resolve(FROM, "http://[::1]:80/[x]?[y]")).contains(at("http://[::1]:80/%5Bx%5D?[y]"));
    }

    @Test
    void what_a_server_has_not_escaped_is_escaped() {
        assertThat(WebAddress.resolve(FROM, "https://cdn.example/a b?c d|{e}\"^\\%zz%20%é"))
                .contains(at("https://cdn.example/a%20b?c%20d%7C%7Be%7D%22%5E%5C%25zz%20%25%C3%A9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a b/", "ftp://a/", "https:///x", "mailto:a@b", "http://a/\0", "//"})
    void nowhere_is_not_followed(String reference) {
        assertThat(WebAddress.resolve(FROM, reference)).isEmpty();
    }

    @Property
    void whatever_is_written_is_an_address_of_the_web_or_none(@ForAll String reference) {
        WebAddress.resolve(FROM, reference).ifPresent(uri -> {
            assertThat(uri.getScheme()).isIn("http", "https");
            assertThat(uri.getHost()).isNotNull();
            assertThat(WebAddress.resolve(FROM, uri.toString())).contains(uri);
        });
    }

    private static URI at(String text) {
        return URI.create(text);
    }
}
