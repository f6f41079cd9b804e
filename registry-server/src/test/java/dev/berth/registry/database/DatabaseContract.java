package dev.berth.registry.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every database does with a change, which it may run more than once. */
@Timeout(60)
abstract class DatabaseContract {
    private static final int CHANGES = 200;

    @TempDir
    Path folder;

    private Database database;

    /** Opens the database of this test; a second time as after a restart. */
    abstract Database open(Path folder);

    @BeforeEach
    void openFirst() {
        database = open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_committed_is_read_and_survives_a_restart() {
        assertThat(database.<Integer>commit(handle -> insert(handle, "committed")))
                .isEqualTo(1);
        assertThat(database.<Integer>note(handle -> insert(handle, "noted"))).isEqualTo(1);
        assertThat(names()).containsExactly("committed", "noted");

        database.close();
        database = open(folder);

        assertThat(names()).containsExactly("committed", "noted");
    }

    @Test
    void a_change_whose_callback_fails_did_not_happen_and_its_failure_is_the_callers() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.commit(handle -> {
                    insert(handle, "half done");
                    throw new IllegalStateException("the rest can't be done");
                }))
                .withMessage("the rest can't be done");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.note(handle -> {
                    insert(handle, "half done");
                    throw new IllegalStateException("the rest can't be done");
                }));

        assertThat(names()).isEmpty();
        database.commit(handle -> insert(handle, "afterwards"));
        assertThat(names()).containsExactly("afterwards");
    }

    @Test
    void a_statement_that_the_database_refuses_takes_the_whole_change_back() {
        database.commit(handle -> insert(handle, "unique"));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.commit(handle -> insert(handle, "other") + insert(handle, "unique")));

        assertThat(names()).containsExactly("unique");
    }

    @Test
    void a_change_may_go_on_after_a_statement_that_found_nothing_to_do() {
        database.commit(handle -> handle.execute("delete from repositories") + insert(handle, "one"));

        assertThat(names()).containsExactly("one");
    }

    @Test
    void a_change_sees_what_it_has_changed_itself() {
        long seen = database.commit(handle -> {
            insert(handle, "one");
            return count(handle);
        });

        assertThat(seen).isEqualTo(1);
    }

    @Test
    void nobody_reads_a_change_before_its_commit() throws Exception {
        var changed = new CountDownLatch(1);
        var read = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var change = threads.submit(() -> database.<Integer>commit(handle -> {
                int rows = insert(handle, "slow");
                changed.countDown();
                await(read);
                return rows;
            }));
            await(changed);
            assertThat(names())
                    .as("while the change goes on, and without waiting for it")
                    .isEmpty();
            read.countDown();
            assertThat(change.get(30, SECONDS)).isEqualTo(1);
        }
        assertThat(names()).containsExactly("slow");
    }

    @Test
    void the_result_is_that_of_the_run_that_was_committed_and_what_follows_it_runs_once() {
        var runs = new AtomicInteger();
        var followed = new AtomicInteger();

        int committed = database.commit(handle -> insert(handle, "one") * runs.incrementAndGet());
        followed.incrementAndGet();

        assertThat(committed).isEqualTo(runs.get());
        assertThat(followed).hasValue(1);
        assertThat(names()).containsExactly("one");
    }

    @Test
    void changes_of_many_threads_all_happen_and_those_that_fail_take_nothing_of_others_back() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = IntStream.range(0, CHANGES)
                    .mapToObj(i -> threads.submit(() -> succeeds(i)))
                    .toList();
            for (int i = 0; i < CHANGES; i++) {
                assertThat(changes.get(i).get(30, SECONDS)).isEqualTo(i % 3 != 0);
            }
        }
        assertThat(names()).hasSize((int)
                IntStream.range(0, CHANGES).filter(i -> i % 3 != 0).count());
    }

    @Test
    void changes_that_depend_on_what_they_read_do_not_overtake_each_other() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CHANGES; i++) {
                threads.execute(() -> database.note(handle -> insert(handle, "number " + count(handle))));
            }
        }
        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, CHANGES).mapToObj(i -> "number " + i).toList());
    }

    @Test
    void a_callback_that_calls_the_database_again_is_refused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.commit(handle -> database.commit(inner -> insert(inner, "inner"))))
                .withMessageContaining("callback");
        assertThat(names()).isEmpty();
    }

    @Test
    void nothing_is_changed_by_a_read() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.read(handle -> insert(handle, "sneaky")));
        assertThat(names()).isEmpty();
    }

    @Test
    void a_read_that_fails_says_why_and_the_next_one_works() {
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> database.read(handle -> handle.execute("select nothing from nowhere")))
                    .withMessageContaining("nowhere");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void a_sound_database_has_no_faults() {
        database.commit(handle -> insert(handle, "one"));

        assertThat(database.faults()).isEmpty();
    }

    @Test
    void a_closed_database_says_so() {
        var other = folder.resolve("other");
        assertThat(other.toFile().mkdir()).isTrue();
        var closed = open(other);
        closed.close();

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> closed.commit(handle -> 1))
                .withMessageContaining("closed");
    }

    private boolean succeeds(int i) {
        try {
            database.commit(handle -> {
                insert(handle, "number-" + i);
                return i % 3 == 0 ? handle.execute("insert into repositories (name) values (null)") : 0;
            });
            return true;
        } catch (DatabaseException refused) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int insert(Handle handle, String name) {
        return handle.execute("insert into repositories (name) values (?)", name);
    }

    private static long count(Handle handle) {
        return handle.createQuery("select count(*) from repositories")
                .mapTo(Long.class)
                .one();
    }

    private List<String> names() {
        return database.read(handle -> handle.createQuery("select name from repositories order by name")
                .mapTo(String.class)
                .list());
    }
}
