package dev.berth.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.content.QuotaReached;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StorageQuotaTest {
    private static final long MIB = 1024 * 1024;

    private final StoppedClock clock = new StoppedClock();
    private long inDatabase;
    private final StorageQuota quota = new StorageQuota(() -> inDatabase, clock);

    @Test
    void without_a_quota_everything_is_taken() {
        push(1L << 50);

        quota.require();
        assertThat(quota.isReached()).isFalse();
    }

    @Test
    void a_push_that_does_not_fit_is_refused_as_soon_as_it_says_its_size() {
        quota.limit(OptionalLong.of(10 * MIB));
        inDatabase = 6 * MIB;

        assertThatThrownBy(() -> quota.share().announced(5 * MIB))
                .isInstanceOf(QuotaReached.class)
                .hasMessage("the registry may store 10 MiB and stores 6 MiB");
        assertThatCode(() -> push(4 * MIB)).doesNotThrowAnyException();
        assertThatThrownBy(quota::require).isInstanceOf(QuotaReached.class);
    }

    @Test
    void bytes_that_were_announced_are_not_counted_again_when_they_arrive() {
        quota.limit(OptionalLong.of(10));
        try (var share = quota.share()) {
            share.announced(10);
            for (var i = 0; i < 10; i++) {
                share.next(1);
            }
            share.stored();
        }
        assertThat(quota.isReached()).isTrue();
    }

    @Test
    void a_push_that_failed_leaves_its_room_to_others() {
        quota.limit(OptionalLong.of(10));
        try (var share = quota.share()) {
            share.next(8);
        }
        push(10);

        assertThat(quota.isReached()).isTrue();
    }

    @Test
    void an_upload_that_was_refused_counts_with_the_bytes_that_had_arrived() {
        quota.limit(OptionalLong.of(10));
        try (var share = quota.share()) {
            share.next(6);
            assertThatThrownBy(() -> share.next(5)).isInstanceOf(QuotaReached.class);
            share.stored();
        }
        assertThat(quota.usedBytes()).isEqualTo(6);
    }

    @Test
    void pushes_at_the_same_time_do_not_exceed_the_quota_together() throws Exception {
        quota.limit(OptionalLong.of(1_000));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pushes = IntStream.range(0, 100)
                    .<Callable<Boolean>>mapToObj(_ -> this::hasPushed)
                    .toList();
            var taken = 0;
            for (var push : threads.invokeAll(pushes)) {
                taken += push.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(10);
        }
    }

    @Test
    void room_that_was_made_is_found_within_seconds() {
        quota.limit(OptionalLong.of(10));
        inDatabase = 10;
        assertThat(quota.isReached()).isTrue();

        inDatabase = 2;
        clock.advance(Duration.ofSeconds(5));
        assertThat(quota.isReached()).isFalse();
    }

    private boolean hasPushed() {
        try {
            push(100);
            return true;
        } catch (QuotaReached e) {
            return false;
        }
    }

    private void push(long bytes) {
        try (var share = quota.share()) {
            share.next(bytes);
            share.stored();
        }
    }
}
