package dev.berth.registry.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class WritebackTest {
    private final AtomicInteger steps = new AtomicInteger();

    @Test
    void a_step_is_taken_each_time_that_enough_has_come() throws IOException {
        var writeback = new Writeback(steps::incrementAndGet);

        writeback.grown(Writeback.STEP_BYTES - 1);
        writeback.settle();
        assertThat(steps).hasValue(0);

        writeback.grown(Writeback.STEP_BYTES);
        writeback.settle();
        writeback.grown(2 * Writeback.STEP_BYTES - 1);
        writeback.settle();
        assertThat(steps).hasValue(1);

        writeback.grown(2 * Writeback.STEP_BYTES);
        writeback.settle();
        assertThat(steps).hasValue(2);
    }

    @Test
    void a_slow_disk_keeps_no_writer_waiting_and_gets_no_second_step_meanwhile() throws IOException {
        var disk = new CountDownLatch(1);
        var writeback = new Writeback(() -> {
            steps.incrementAndGet();
            awaited(disk);
        });

        writeback.grown(Writeback.STEP_BYTES);
        writeback.grown(3 * Writeback.STEP_BYTES);
        Awaitility.await("the step to begin").until(() -> steps.get() == 1);
        disk.countDown();
        writeback.settle();

        assertThat(steps).hasValue(1);
    }

    @Test
    void what_failed_once_has_failed_for_good() {
        var writeback = new Writeback(() -> {
            if (steps.getAndIncrement() == 0) {
                throw new IOException("Input/output error");
            }
        });

        writeback.grown(Writeback.STEP_BYTES);
        assertThatIOException().isThrownBy(writeback::settle).withMessageContaining("Input/output error");
        writeback.grown(2 * Writeback.STEP_BYTES);
        assertThatIOException().isThrownBy(writeback::settle);
        assertThat(steps).hasValue(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
