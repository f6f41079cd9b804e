package dev.berth.registry.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Whatever stands in `Forwarded`: it is read, or nothing is known of it. */
final class ForwardedFuzzTest {
    @DictionaryEntries({"for=", "proto=https", "proto=\"https\"", ";", ", ", "\\\""})
    @FuzzTest
    void what_is_read_stands_there(byte[] bytes) {
        var header = new String(bytes, StandardCharsets.UTF_8);
        ForwardedHeader.first(Optional.of(header), "proto").ifPresent(scheme -> {
            assertThat(header.replace("\\", "")).contains(scheme.replace("\\", ""));
            assertThat(header.toLowerCase(Locale.ROOT)).contains("proto=");
        });
    }
}
