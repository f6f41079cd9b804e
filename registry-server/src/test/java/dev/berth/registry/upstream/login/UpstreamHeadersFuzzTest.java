package dev.berth.registry.upstream.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.upstream.transport.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Any text in the headers that the client reads. */
final class UpstreamHeadersFuzzTest {
    @DictionaryEntries({"Bearer realm=\"", "service=\"", "scope=\"repository:a:pull\"", "Basic realm=\"", ", ", "error="
    })
    @FuzzTest
    void a_challenge_names_ways_to_log_in_or_none(byte[] bytes) {
        for (var header : AuthenticateHeader.parse(List.of(text(bytes)))) {
            if (header instanceof AuthenticateHeader.Bearer bearer) {
                assertThat(text(bytes)).contains(bearer.realm());
            }
        }
    }

    @DictionaryEntries({"Wed, 21 Oct 2026 07:28:00 GMT", "120", "-1", "99999999999"})
    @FuzzTest
    void a_pause_is_neither_none_nor_endless(byte[] bytes) {
        var header = Optional.of(text(bytes));
        for (var date : List.of(Optional.<String>empty(), header)) {
            assertThat(RetryAfter.of(header, date, Instant.EPOCH))
                    .isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
