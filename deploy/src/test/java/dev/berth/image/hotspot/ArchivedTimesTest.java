package dev.berth.image.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class ArchivedTimesTest {
    private static final int TYPE = 0x68a668;
    private static final long EARLIEST = 5_000_000;
    private static final long LATEST = 5_010_000;

    private final ByteBuffer heap = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void the_time_of_each_soft_reference_is_found_and_that_of_their_class() {
        reference(0, EARLIEST);
        reference(48, LATEST);
        heap.putLong(200, 0x8_0000_0000L + TYPE).putLong(200 + 104, EARLIEST + 7);

        assertThat(new ArchivedTimes(heap, EARLIEST, LATEST).offsets()).containsExactly(32, 80, 304);
    }

    @Test
    void a_number_in_some_other_object_is_left_alone_though_it_could_be_a_time() {
        heap.putLong(0, 1).putInt(8, TYPE).putInt(20, 17).putLong(32, EARLIEST);

        assertThat(new ArchivedTimes(heap, EARLIEST, LATEST).offsets()).isEmpty();
    }

    @Test
    void what_was_there_before_and_what_comes_after_is_no_time_of_this_archive() {
        reference(0, EARLIEST - 1);
        reference(48, LATEST + 1);

        assertThat(new ArchivedTimes(heap, EARLIEST, LATEST).offsets()).isEmpty();
    }

    private void reference(int at, long time) {
        heap.putLong(at, 1)
                .putInt(at + 8, TYPE)
                .putInt(at + 12, 0xf001)
                .putInt(at + 16, 0xf002)
                .putLong(at + 32, time);
    }
}
