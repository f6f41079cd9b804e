package dev.berth.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DirectBuffersTest {
    private static final int SIZE_BYTES = 100;

    private final DirectBuffers buffers = new DirectBuffers(SIZE_BYTES, 2);

    @Test
    void a_buffer_is_empty_and_outside_the_heap() {
        assertThat(buffers.take()).hasValueSatisfying(buffer -> {
            assertThat(buffer.isDirect()).isTrue();
            assertThat(buffer.remaining()).isEqualTo(SIZE_BYTES);
        });
    }

    @Test
    void there_are_no_more_than_the_limit_until_one_is_given_back() {
        var first = buffers.take().orElseThrow();
        var second = buffers.take().orElseThrow();
        assertThat(buffers.take()).isEmpty();

        second.putInt(7).flip();
        buffers.giveBack(second);
        assertThat(buffers.take()).hasValueSatisfying(again -> {
            assertThat(again).isSameAs(second).isNotSameAs(first);
            assertThat(again.remaining()).as("is empty again").isEqualTo(SIZE_BYTES);
        });
        assertThat(buffers.take()).isEmpty();
    }

    /** Such as that of a body whose client hung up before anybody read it. */
    @Test
    void a_buffer_that_was_lost_makes_place_for_another() {
        var kept = buffers.take();
        lose();
        assertThat(buffers.take()).isEmpty();
        await("the collector has found the lost buffer").until(() -> {
            System.gc();
            return buffers.take().isPresent();
        });
        assertThat(kept).isPresent();
    }

    private void lose() {
        assertThat(buffers.take().map(ByteBuffer::capacity)).isEqualTo(Optional.of(SIZE_BYTES));
    }
}
