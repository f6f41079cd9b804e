package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.http.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whatever stands in the headers that name a part: no answer reaches outside the content, and refusals are the table's. */
final class RangeFuzzTest {
    /** The last as large as the header's numbers can be. */
    private static final long[] SIZES = {0, 1, 100, 999_999_999_999_999_999L};

    @FuzzTest
    void a_range_stays_inside_the_content(byte[] bytes) {
        var header = text(bytes);
        for (var size : SIZES) {
            if (RequestedRange.of(Optional.of(header), size) instanceof RequestedRange.Part(var range)) {
                assertThat(range.first()).isNotNegative();
                assertThat(range.lengthBytes()).isPositive();
                assertThat(range.last()).isBetween(range.first(), size - 1);
                var printed = "bytes=" + range.first() + "-" + range.last();
                assertThat(RequestedRange.of(Optional.of(printed), size)).isEqualTo(new RequestedRange.Part(range));
            }
        }
    }

    @FuzzTest
    void a_chunk_range_reads_back_as_it_prints(byte[] bytes) {
        try {
            var range = ChunkRange.parse(text(bytes));
            assertThat(range.first()).isBetween(0L, range.last());
            assertThat(range.lengthBytes()).isPositive();
            assertThat(ChunkRange.parse(range.first() + "-" + range.last())).isEqualTo(range);
        } catch (Refused e) {
            assertThat(e.answer().status()).isEqualTo(400);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
