package dev.berth.registry.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every way to coordinate writers does. */
@Timeout(60)
abstract class CoordinationContract {

    private static final UploadId UPLOAD = UploadId.random(new Random(1));
    private static final UploadId OTHER = UploadId.random(new Random(2));
    private static final Digest DIGEST = Algorithm.SHA256.digestOf(new byte[] {1});
    private static final int WRITERS = 8;
    private static final int STEPS = 500;

    private Coordination one;
    private Coordination another;

    /** What two writers of the same stores coordinate by; threads of one process may share one. */
    abstract Coordination[] twoWriters();

    @BeforeEach
    void begin() {
        var writers = twoWriters();
        one = writers[0];
        another = writers[1];
    }

    @Test
    void an_upload_belongs_to_whoever_took_it_first() {
        assertThat(one.take(UPLOAD)).isTrue();
        assertThat(another.take(UPLOAD)).isFalse();
        assertThat(another.take(OTHER)).as("another upload").isTrue();
        one.release(UPLOAD);
        assertThat(another.take(UPLOAD)).isTrue();
    }

    @Test
    void an_upload_that_nobody_has_can_be_released() {
        one.release(UPLOAD);
        assertThat(another.take(UPLOAD)).isTrue();
    }

    @Test
    void steps_for_one_digest_are_one_after_the_other() throws Exception {
        var within = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var coordination = writer % 2 == 0 ? one : another;
                threads.execute(() -> {
                    for (var step = 0; step < STEPS; step++) {
                        coordination.during(DIGEST, () -> {
                            most.accumulateAndGet(within.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            within.decrementAndGet();
                            done.incrementAndGet();
                        });
                    }
                });
            }
        }
        assertThat(most).hasValue(1);
        assertThat(done).hasValue(WRITERS * STEPS);
    }

    @Test
    void a_step_waits_for_the_one_that_runs() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> first = threads.submit(() -> one.during(DIGEST, () -> {
                begun.countDown();
                await(mayEnd);
            }));
            begun.await();
            Future<?> second = threads.submit(() -> another.during(DIGEST, () -> {}));
            assertThat(second.isDone()).isFalse();
            mayEnd.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_step_that_fails_lets_the_next_one_run() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> one.during(DIGEST, () -> {
                    throw new IllegalStateException("the disk is gone");
                }));
        var ran = new AtomicInteger();
        another.during(DIGEST, ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
