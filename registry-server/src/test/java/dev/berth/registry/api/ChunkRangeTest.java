package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.http.Refused;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ChunkRangeTest {
    @Test
    void a_range_of_an_upload_has_no_unit() {
        assertThat(ChunkRange.parse("0-1023")).isEqualTo(new ChunkRange(0, 1023));
        assertThat(ChunkRange.parse("0-1023").lengthBytes()).isEqualTo(1024);
    }

    @Test
    void anything_else_is_refused() {
        for (var header : List.of("", "bytes 0-9/10", "bytes=0-9", "9-0", "0", "-9", "0-", "a-b")) {
            assertThatExceptionOfType(Refused.class).as(header).isThrownBy(() -> ChunkRange.parse(header));
        }
    }

    @Test
    void a_length_that_is_not_the_ranges_is_noticed() {
        var range = new ChunkRange(100, 199);
        assertThat(range.agreesWith(Optional.of(100L))).isTrue();
        assertThat(range.agreesWith(Optional.of(99L))).isFalse();
        assertThat(range.agreesWith(Optional.empty())).isTrue();
    }

    @Property
    void what_is_written_is_read(
            @ForAll @LongRange(max = 1L << 50) long first, @ForAll @LongRange(max = 1L << 50) long more) {
        assertThat(ChunkRange.parse(first + "-" + (first + more))).isEqualTo(new ChunkRange(first, first + more));
    }
}
