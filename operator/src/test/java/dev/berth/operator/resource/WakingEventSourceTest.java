package dev.berth.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a reconciliation is started, and on which thread the work for that is done. */
final class WakingEventSourceTest {
    private static final ResourceID APPS = new ResourceID("apps", "team-a");

    private final WakingEventSource<Registry> source = new WakingEventSource<>("test-wakeups");
    private final List<ResourceID> woken = new ArrayList<>();

    @BeforeEach
    void listen() {
        source.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID()));
    }

    @AfterEach
    void stop() {
        source.stop();
    }

    @Test
    void nothing_is_reconciled_before_the_start_and_after_the_stop() {
        source.wake(APPS);
        assertThat(woken).isEmpty();
        source.start();
        source.wake(APPS);
        assertThat(woken).containsExactly(APPS);
        source.stop();
        source.wake(APPS);
        assertThat(woken).containsExactly(APPS);
    }

    @Test
    void work_is_repeated_on_one_daemon_thread_of_the_source_s_name() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        var twice = new CountDownLatch(2);
        source.start();
        source.repeat(
                () -> {
                    threads.add(Thread.currentThread());
                    twice.countDown();
                },
                Duration.ZERO,
                Duration.ofMillis(1));
        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        source.stop();
        assertThat(threads.getFirst().getName()).isEqualTo("test-wakeups");
        assertThat(threads.getFirst().isDaemon()).isTrue();
        assertThat(threads.get(1)).isSameAs(threads.getFirst());
    }
}
