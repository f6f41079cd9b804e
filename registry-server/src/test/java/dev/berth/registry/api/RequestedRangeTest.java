package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.api.RequestedRange.Part;
import dev.berth.registry.api.RequestedRange.Unsatisfiable;
import dev.berth.registry.api.RequestedRange.Whole;
import dev.berth.registry.http.ByteRange;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class RequestedRangeTest {
    @Test
    void a_first_and_a_last_byte() {
        assertThat(of("bytes=10-19", 100)).isEqualTo(part(10, 10));
        assertThat(of("bytes=10-1000", 100)).isEqualTo(part(10, 90));
        assertThat(of("Bytes=10-19", 100)).isEqualTo(part(10, 10));
    }

    @Test
    void from_a_byte_to_the_end() {
        assertThat(of("bytes=99-", 100)).isEqualTo(part(99, 1));
    }

    @Test
    void the_last_bytes() {
        assertThat(of("bytes=-5", 100)).isEqualTo(part(95, 5));
        assertThat(of("bytes=-500", 100)).isEqualTo(part(0, 100));
        assertThat(of("bytes=-1", 0)).isEqualTo(new Whole());
    }

    @Test
    void beyond_the_end_there_is_nothing() {
        assertThat(of("bytes=100-", 100)).isEqualTo(new Unsatisfiable());
        assertThat(of("bytes=-0", 100)).isEqualTo(new Unsatisfiable());
        assertThat(of("bytes=0-0", 0)).isEqualTo(new Unsatisfiable());
    }

    @Test
    void a_range_that_runs_backwards_is_refused() {
        assertThat(of("bytes=9-1", 100)).isEqualTo(new Unsatisfiable());
        assertThat(of("bytes=500-0", 100)).isEqualTo(new Unsatisfiable());
    }

    @Test
    void what_is_no_single_range_of_bytes_is_ignored() {
        for (var header : List.of(
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=0-1,3-4",
                "lines=1-2",
                "bytes=a-b",
                "bytes=99999999999999999999-")) {
            assertThat(of(header, 100)).as(header).isEqualTo(new Whole());
        }
        assertThat(RequestedRange.of(Optional.empty(), 100)).isEqualTo(new Whole());
    }

    @Property
    void no_answer_reaches_outside_the_content(
            @ForAll @LongRange(max = 1 << 20) long from,
            @ForAll @LongRange(max = 1 << 20) long to,
            @ForAll @LongRange(max = 1 << 20) long size) {
        for (var header : List.of("bytes=" + from + "-" + to, "bytes=" + from + "-", "bytes=-" + to)) {
            if (of(header, size) instanceof Part(var range)) {
                assertThat(range.lengthBytes()).as(header).isPositive();
                assertThat(range.first()).as(header).isNotNegative();
                assertThat(range.last()).as(header).isLessThan(size);
            }
        }
    }

    @Property
    void whatever_a_client_writes_is_read_without_a_failure(
            @ForAll String header, @ForAll @LongRange(max = 100) long size) {
        assertThat(of("bytes=" + header, size)).isNotNull();
    }

    private static RequestedRange of(String header, long size) {
        return RequestedRange.of(Optional.of(header), size);
    }

    private static Part part(long first, long length) {
        return new Part(new ByteRange(first, length));
    }
}
