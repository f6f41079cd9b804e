package dev.berth.registry.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest {

    @TempDir
    private Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("metadata.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void it_is_set_up_to_keep_what_it_acknowledges() {
        assertThat(database.<String>read(handle -> pragma(handle, "journal_mode")))
                .isEqualTo("wal");
        assertThat(database.<String>read(handle -> pragma(handle, "foreign_keys")))
                .isEqualTo("1");
        database.note(handle -> insert(handle, "noted"));
        // 2 is FULL: an fsync for every commit.
        assertThat(database.<String>commit(handle -> pragma(handle, "synchronous")))
                .isEqualTo("2");
    }

    @Test
    void a_change_that_fails_takes_nothing_of_others_back() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> changes = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> succeeds(i)))
                    .toList();
            for (int i = 0; i < changes.size(); i++) {
                assertThat(changes.get(i).get(30, SECONDS)).isEqualTo(i % 3 != 0);
            }
        }
        assertThat(names())
                .isEqualTo(IntStream.range(0, 200).filter(i -> i % 3 != 0).count());
    }

    @Test
    void a_full_disk_refuses_and_it_goes_on_when_there_is_room_again() {
        database.commit(handle -> insert(handle, "before"));
        database.note(handle -> handle.execute("pragma max_page_count = 1"));

        assertThatExceptionOfType(DatabaseFull.class)
                .isThrownBy(() -> database.commit(handle -> insert(handle, "x".repeat(1_000_000))));
        assertThat(names()).isEqualTo(1);

        database.note(handle -> handle.execute("pragma max_page_count = 1000000"));
        database.commit(handle -> insert(handle, "after"));
        assertThat(names()).isEqualTo(2);
    }

    @Test
    void readers_do_not_wait_for_the_writer() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> write = threads.submit(() -> database.<Boolean>commit(handle -> {
                insert(handle, "slow");
                writing.countDown();
                return awaited(read);
            }));
            assertThat(writing.await(30, SECONDS)).isTrue();
            assertThat(names()).isZero();
            read.countDown();
            assertThat(write.get(30, SECONDS)).isTrue();
        }
        assertThat(names()).isEqualTo(1);
    }

    @Test
    void its_log_starts_anew_while_commits_go_on() throws Exception {
        String megabyte = "x".repeat(1_000_000);
        for (int i = 0; i < 100; i++) {
            String name = i + megabyte;
            database.commit(handle -> insert(handle, name) + handle.execute("delete from repositories"));
        }
        int before = timesTheLogBegan();

        Awaitility.await("the log to start anew").atMost(Duration.ofSeconds(60)).until(() -> {
            database.commit(handle -> insert(handle, "more") + handle.execute("delete from repositories"));
            return timesTheLogBegan() > before;
        });
    }

    /** The checkpoint sequence number in the log's header (sqlite.org, "WAL File Format"). */
    private int timesTheLogBegan() throws IOException {
        try (FileChannel log = FileChannel.open(folder.resolve("metadata.db-wal"))) {
            ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
            log.read(number, 12);
            return number.flip().getInt();
        }
    }

    @Test
    void a_reader_can_not_write() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> database.read(handle -> insert(handle, "sneaky")));
    }

    @Test
    void a_closed_database_says_so() {
        SqliteDatabase other = SqliteDatabase.open(folder.resolve("other.db"));
        other.close();

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> other.commit(handle -> 1))
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

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int insert(Handle handle, String name) {
        return handle.execute("insert into repositories (name) values (?)", name);
    }

    private long names() {
        return database.read(handle -> handle.createQuery("select count(*) from repositories")
                .mapTo(Long.class)
                .one());
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("pragma " + name).mapTo(String.class).one();
    }
}
