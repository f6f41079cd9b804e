package dev.berth.registry.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
    private static final RepositoryName WEB = new RepositoryName("team/web");
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
        try (var threads = Executors.newFixedThreadPool(2)) {
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

    @Test
    void one_at_a_time_leads_a_job() {
        var leadership = one.lead(Job.COLLECTION);
        assertThat(leadership).isPresent();
        assertThat(another.lead(Job.COLLECTION)).isEmpty();
        assertThat(one.lead(Job.COLLECTION)).as("a second time").isEmpty();
        try (var other = another.lead(Job.sync("hub")).orElseThrow()) {
            assertThat(other).as("another job").isNotNull();
        }
        leadership.orElseThrow().close();
        assertThat(another.lead(Job.COLLECTION)).isPresent();
    }

    @Test
    void leadership_that_was_given_up_takes_none_from_the_next_leader() {
        var before = one.lead(Job.COLLECTION).orElseThrow();
        before.close();
        var next = another.lead(Job.COLLECTION);
        assertThat(next).isPresent();

        before.close();

        assertThat(one.lead(Job.COLLECTION)).isEmpty();
    }

    @Test
    void of_many_who_want_to_lead_a_job_one_does() throws Exception {
        var leaders = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var coordination = writer % 2 == 0 ? one : another;
                threads.execute(() -> coordination.lead(Job.CHECK).ifPresent(leads -> leaders.incrementAndGet()));
            }
        }
        assertThat(leaders).hasValue(1);
    }

    @Test
    void caches_of_all_writers_hear_what_is_stale_before_the_change_is_acknowledged() {
        var heard = new ConcurrentHashMap<CacheKey, Integer>();
        one.onInvalidation(key -> heard.merge(key, 1, Integer::sum));
        another.onInvalidation(key -> heard.merge(key, 1, Integer::sum));
        var keys = CacheKey.manifest(WEB, DIGEST, Set.of(Tag.LATEST));

        one.invalidate(keys);

        assertThat(keys).hasSize(2);
        assertThat(heard).containsOnlyKeys(keys);
        assertThat(heard.values()).allMatch(times -> times >= 2, "both caches heard");
    }

    @Test
    void nothing_is_heard_of_an_invalidation_without_keys() {
        var heard = new AtomicInteger();
        another.onInvalidation(key -> heard.incrementAndGet());
        one.invalidate(List.of());
        assertThat(heard).hasValue(0);
    }

    @Test
    void an_upload_without_bytes_is_found_by_every_writer_until_one_removes_it() {
        var session = session(UPLOAD, "anna", 0);
        assertThat(one.newUploads().add(session, 1)).isTrue();

        assertThat(another.newUploads().find(UPLOAD)).contains(session);
        assertThat(another.newUploads().find(OTHER)).isEmpty();
        assertThat(another.newUploads().count()).isEqualTo(1);

        another.newUploads().remove(UPLOAD);
        another.newUploads().remove(UPLOAD);
        assertThat(one.newUploads().find(UPLOAD)).isEmpty();
        assertThat(one.newUploads().count()).isZero();
    }

    @Test
    void nobody_has_more_uploads_without_bytes_than_allowed() {
        assertThat(one.newUploads().add(session(UPLOAD, "anna", 0), 1)).isTrue();
        assertThat(another.newUploads().add(session(OTHER, "anna", 0), 1)).isFalse();
        assertThat(another.newUploads().find(OTHER)).isEmpty();
        assertThat(another.newUploads().add(session(OTHER, "bert", 0), 1))
                .as("another owner")
                .isTrue();

        one.newUploads().remove(UPLOAD);
        one.newUploads().remove(OTHER);
        assertThat(another.newUploads().add(session(OTHER, "anna", 0), 1)).isTrue();
        assertThat(another.newUploads().add(session(UPLOAD, "bert", 0), 0)).isFalse();
    }

    @Test
    void uploads_without_bytes_are_found_by_the_time_they_were_started() {
        one.newUploads().add(session(UPLOAD, "anna", 10), 2);
        one.newUploads().add(session(OTHER, "anna", 20), 2);

        assertThat(another.newUploads().startedUntil(Instant.ofEpochMilli(9))).isEmpty();
        assertThat(another.newUploads().startedUntil(Instant.ofEpochMilli(10)))
                .extracting(UploadSession::id)
                .containsExactly(UPLOAD);
        assertThat(another.newUploads().startedUntil(Instant.ofEpochMilli(20))).hasSize(2);
    }

    private static UploadSession session(UploadId id, String owner, long started) {
        var time = Instant.ofEpochMilli(started);
        return new UploadSession(id, WEB, owner, Algorithm.SHA256, 0, time, time);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
