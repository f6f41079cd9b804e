package dev.berth.registry.upstream.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Any answer of another server is read or reported as unreadable. An unreadable answer never looks like an empty list, for then tags would
 * be deleted and images called unsigned. The first line of an input is a header, the rest is the body.
 */
final class UpstreamAnswersFuzzTest {
    private static final URI ASKED = URI.create("https://registry.example:5000/v2/a/tags/list?n=1000");

    @DictionaryEntries({"rel=next", "rel=\"next\"", "</v2/a/tags/list?last=b>", ", ", "; title=\"", "\\\""})
    @FuzzTest
    void a_link_header_is_read_whole_or_not_at_all(byte[] bytes) {
        var header = text(bytes);
        if (LinkHeader.parse(List.of(header)) instanceof LinkHeader.Links links) {
            links.links().forEach(link -> assertThat(header).contains("<" + link.target() + ">"));
            if (!header.matches("[ \\t,]*")) {
                assertThat(links.links()).isNotEmpty();
            }
        }
    }

    @DictionaryEntries({"https://", "http://", "//", "[::1]", "%zz", "?", "#", "_", "{", "|"})
    @FuzzTest
    void an_address_is_one_of_the_web_or_none(byte[] bytes) {
        WebAddress.resolve(ASKED, text(bytes)).ifPresent(url -> {
            assertThat(url.getScheme()).isIn("http", "https");
            assertThat(WebAddress.host(url)).isPresent();
            assertThat(WebAddress.port(url)).isBetween(-1, 99_999);
            assertThat(url.getRawFragment()).isNull();
            assertThat(WebAddress.resolve(ASKED, url.toString())).contains(url);
        });
    }

    @DictionaryEntries({"{\"tags\":[", "\"errors\":[", "null", "]}", "<?n=1>; rel=next"})
    @FuzzTest
    void tags_are_listed_or_malformed(byte[] bytes) {
        switch (TagsPage.parse(body(bytes), header(bytes), ASKED)) {
            case TagsPage.Malformed(var sentence) -> assertThat(sentence).isNotBlank();
            case TagsPage.Listed(var _, var next) -> {
                assertThat(text(body(bytes))).contains("tags");
                if (header(bytes).stream().anyMatch(header -> header.matches("<[^<>]*>;rel=next"))) {
                    assertThat(next).as("a next page is not passed over").isPresent();
                }
                next.ifPresent(url -> assertThat(url.getRawAuthority()).isEqualTo(ASKED.getRawAuthority()));
            }
        }
    }

    @DictionaryEntries({"{\"manifests\":[", "\"digest\":\"sha256:", "\"size\":", "\"annotations\":{", "]}"})
    @FuzzTest
    void referrers_are_listed_or_malformed(byte[] bytes) {
        switch (ReferrersPage.parse(body(bytes), header(bytes), ASKED)) {
            case ReferrersPage.Malformed(var sentence) -> assertThat(sentence).isNotBlank();
            case ReferrersPage.Listed(var referrers, var _) -> {
                assertThat(text(body(bytes))).contains("manifests");
                referrers.forEach(referrer -> {
                    referrer.sizeBytes().ifPresent(size -> assertThat(size).isNotNegative());
                    referrer.annotations()
                            .ifPresent(json -> assertThat(AnsweredJson.object(json.getBytes(StandardCharsets.UTF_8)))
                                    .isPresent());
                });
            }
        }
    }

    @DictionaryEntries({"{\"token\":\"", "\"access_token\":\"", "\"expires_in\":", "1e999", "}"})
    @FuzzTest
    void a_token_fits_into_a_header_and_lasts_a_day_at_most(byte[] bytes) {
        if (TokenAnswer.parse(bytes) instanceof TokenAnswer.Token(var value, var life)) {
            assertThat(value).matches("[!-~]+");
            assertThat(life).isBetween(Duration.ZERO, TokenAnswer.LONGEST_LIFE);
        }
    }

    private static List<String> header(byte[] bytes) {
        var end = end(bytes);
        return end == 0 ? List.of() : List.of(text(Arrays.copyOf(bytes, end)));
    }

    private static byte[] body(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Math.min(bytes.length, end(bytes) + 1), bytes.length);
    }

    private static int end(byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
