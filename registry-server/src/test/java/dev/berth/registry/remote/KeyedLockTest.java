package dev.berth.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class KeyedLockTest {
    private static final int THREADS = 50;
    private static final long TURNS = 2_000;

    private final KeyedLock<String> locks = new KeyedLock<>();

    @Test
    void one_thread_at_a_time_works_for_a_key() throws InterruptedException, ExecutionException {
        var counts = new long[1]; // not safe for several threads at a time
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new ArrayList<Future<?>>();
            for (var i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> {
                    for (var j = 0; j < TURNS; j++) {
                        try (var _ = locks.lock("a")) {
                            counts[0]++;
                        }
                    }
                    return null;
                }));
            }
            for (var end : ends) {
                end.get();
            }
        }
        assertThat(counts[0]).isEqualTo(THREADS * TURNS);
        assertThat(locks.size()).as("keys that nobody holds are forgotten").isZero();
    }

    @Test
    void another_key_waits_for_nobody() throws InterruptedException {
        try (var _ = locks.lock("a");
                var _ = locks.lock("b")) {
            assertThat(locks.size()).isEqualTo(2);
        }
        assertThat(locks.size()).isZero();
    }

    @Test
    void a_thread_that_is_interrupted_while_it_waits_leaves_the_lock_to_others() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        try (var _ = locks.lock("a")) {
            var waiting = Thread.ofVirtual().start(() -> {
                assertThatThrownBy(() -> locks.lock("a")).isInstanceOf(InterruptedException.class);
                interrupted.countDown();
            });
            waiting.interrupt();
            interrupted.await();
        }
        assertThat(locks.size()).isZero();
        locks.lock("a").close();
    }
}
