package dev.berth.registry.upstream.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.content.StorageCapacity;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MirrorQuotaTest {
    private final StoppedClock clock = new StoppedClock();
    private long inDatabase;
    private int counts;
    private final MirrorQuota quota = new MirrorQuota(
            () -> {
                counts++;
                return inDatabase;
            },
            clock);

    @Test
    void without_a_limit_nothing_is_refused_and_nothing_is_counted() {
        store(1L << 40);

        assertThat(quota.refusal()).isEmpty();
        assertThat(quota.isFull()).isFalse();
        assertThat(counts).isZero();
    }

    @Test
    void what_is_stored_is_counted_in_the_database_once_a_minute_and_added_up_in_between() {
        quota.limit("team-a/hub", OptionalLong.of(1_000));
        inDatabase = 300;
        for (var i = 0; i < 50; i++) {
            assertThat(quota.refusal()).isEmpty();
            store(10);
        }
        assertThat(counts).isEqualTo(1);
        assertThat(quota.storedBytesLately()).isEqualTo(800);

        inDatabase = 750;
        clock.advance(Duration.ofMinutes(1));
        assertThat(quota.storedBytesLately()).isEqualTo(750);
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void at_its_limit_a_mirror_refuses_and_says_what_to_do() {
        quota.limit("team-a/hub", OptionalLong.of(50L << 30));
        inDatabase = 50L << 30;

        assertThat(quota.refusal())
                .contains(new UpstreamFailure.QuotaReached(
                        "mirror team-a/hub stores 50 GiB, its limit; raise" + " spec.quota.size or delete images"));
        assertThat(quota.isFull()).isTrue();
    }

    @Test
    void room_that_was_made_is_found_before_something_is_refused_though_not_by_counting_for_each_request() {
        quota.limit("team-a/hub", OptionalLong.of(100));
        inDatabase = 100;
        for (var i = 0; i < 1_000; i++) {
            assertThat(quota.refusal()).isPresent();
        }
        assertThat(counts).isEqualTo(1);

        inDatabase = 40;
        clock.advance(Duration.ofSeconds(5));
        assertThat(quota.refusal()).isEmpty();
        assertThat(quota.isFull()).isFalse();
    }

    @Test
    void a_blob_that_is_larger_than_the_room_is_refused_before_its_first_byte_and_leaves_the_room_to_others() {
        quota.limit("team-a/hub", OptionalLong.of(1_000));
        inDatabase = 500;

        try (var large = quota.admit()) {
            assertThatThrownBy(() -> large.announced(OptionalLong.of(501)))
                    .isInstanceOf(UpstreamException.class)
                    .hasMessage("mirror team-a/hub may store 1,000 bytes and has no room for 501 bytes more; raise"
                            + " spec.quota.size or delete images");
        }
        assertThat(quota.isFull()).as("half of it is free").isFalse();
        store(500);
        assertThat(quota.isFull()).isTrue();
    }

    @Test
    void a_mirror_is_full_as_well_once_something_is_refused_for_lack_of_its_last_tenth() {
        quota.limit("team-a/hub", OptionalLong.of(1_000));
        inDatabase = 950;
        assertThat(quota.isFull()).isFalse();

        try (var blob = quota.admit()) {
            assertThatThrownBy(() -> blob.announced(OptionalLong.of(60))).isInstanceOf(UpstreamException.class);
        }
        assertThat(quota.isFull()).isTrue();
        assertThat(quota.refusal()).as("what is smaller still finds room").isEmpty();
        assertThatThrownBy(quota::requireRoom).isInstanceOf(UpstreamException.class);

        inDatabase = 900;
        clock.advance(Duration.ofSeconds(5));
        assertThat(quota.isFull()).isFalse();
    }

    @Test
    void a_blob_of_unknown_size_is_let_in_piece_by_piece() {
        quota.limit("team-a/hub", OptionalLong.of(100));

        try (var blob = quota.admit()) {
            blob.announced(OptionalLong.empty());
            blob.next(60);
            blob.next(40);
            assertThatThrownBy(() -> blob.next(1)).isInstanceOf(UpstreamException.class);
            assertThat(quota.refusal()).as("it is on its way").isPresent();
        }
        assertThat(quota.refusal()).as("it broke off").isEmpty();
    }

    @Test
    void many_at_a_time_do_not_go_over_the_limit_together() throws InterruptedException, ExecutionException {
        quota.limit("team-a/hub", OptionalLong.of(1_000));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var fetches = IntStream.range(0, 500)
                    .<Callable<Boolean>>mapToObj(_ -> () -> isLetIn(30))
                    .map(threads::submit)
                    .toList();
            for (var fetch : fetches) {
                fetch.get();
            }
        }
        assertThat(quota.storedBytesLately()).isBetween(1L, 1_000L);
    }

    @Test
    void while_little_of_the_disk_is_free_nothing_is_let_in_that_strangers_ask_for() {
        var disk = new Disk();
        var reserve = new DiskReserve(disk::space, clock);
        disk.free = 150;
        assertThat(reserve.refusal(0)).isEmpty();
        assertThat(reserve.refusal(51)).as("it would leave less than a tenth").isPresent();

        disk.free = 99;
        assertThat(reserve.refusal(0)).as("the disk is looked at once a second").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(reserve.refusal(0))
                .contains(new UpstreamFailure.DiskReserved("less than a tenth of the disk would be left free"));
        try (var strangers = quota.admit(reserve);
                var known = quota.admit()) {
            assertThatThrownBy(() -> strangers.next(1)).isInstanceOf(UpstreamException.class);
            known.next(1);
        }
        assertThat(disk.looks).isEqualTo(2);
    }

    private static final class Disk {
        long free;
        int looks;

        StorageCapacity space() {
            looks++;
            return new StorageCapacity(1_000, free);
        }
    }

    private boolean isLetIn(long bytes) {
        try (var blob = quota.admit()) {
            blob.announced(OptionalLong.of(bytes));
            blob.stored(bytes);
            return true;
        } catch (UpstreamException e) {
            return false;
        }
    }

    private void store(long bytes) {
        quota.stored(bytes);
    }
}
