package dev.berth.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class SqliteDatabaseTest extends DatabaseContract {
    private SqliteDatabase database;

    @Override
    Database open(Path folder) {
        return SqliteDatabase.open(folder.resolve("metadata.db"));
    }

    @BeforeEach
    void openAnother() {
        database = SqliteDatabase.open(folder.resolve("another.db"));
    }

    @AfterEach
    void closeAnother() {
        database.close();
    }

    @Test
    void names_digests_and_times_come_back_as_they_were_bound() {
        var digest = Digest.parse("sha256:" + "ab".repeat(32));
        var time = Instant.ofEpochMilli(1_764_374_400_123L);
        var select = "SELECT :value";

        assertThat(database.<Digest>read(handle -> handle.createQuery(select)
                        .bind("value", digest)
                        .mapTo(Digest.class)
                        .one()))
                .isEqualTo(digest);
        assertThat(database.<Tag>read(handle -> handle.createQuery(select)
                        .bind("value", new Tag("1.0"))
                        .mapTo(Tag.class)
                        .one()))
                .isEqualTo(new Tag("1.0"));
        assertThat(database.<Instant>read(handle -> handle.createQuery(select)
                        .bind("value", time)
                        .mapTo(Instant.class)
                        .one()))
                .isEqualTo(time);
    }

    @Test
    void times_are_stored_as_milliseconds_and_names_as_text() {
        assertThat(stored(Instant.ofEpochMilli(1_764_374_400_123L))).isEqualTo("integer 1764374400123");
        assertThat(stored(new RepositoryName("team/web"))).isEqualTo("text team/web");
        assertThat(stored(Algorithm.SHA256)).isEqualTo("text sha256");
    }

    private String stored(Object value) {
        return database.read(handle -> handle.createQuery("SELECT typeof(:value) || ' ' || :value")
                .bind("value", value)
                .mapTo(String.class)
                .one());
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
    void a_file_that_another_program_has_locked_is_busy_and_not_broken() {
        var locked = new SQLiteException("locked", SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT);

        assertThat(SqliteFailure.ofWriting(new ConnectionException(locked))).isInstanceOf(DatabaseBusy.class);
        assertThat(SqliteFailure.ofReading(new ConnectionException(locked))).isInstanceOf(DatabaseBusy.class);
    }

    @Test
    void its_log_starts_anew_while_commits_go_on() throws Exception {
        var megabyte = "x".repeat(1_000_000);
        for (int i = 0; i < 100; i++) {
            var name = i + megabyte;
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
        try (var log = FileChannel.open(folder.resolve("another.db-wal"))) {
            var number = ByteBuffer.allocate(Integer.BYTES);
            log.read(number, 12);
            return number.flip().getInt();
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
