package dev.berth.registry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RepeatingDatabaseTest extends DatabaseContract {
    @Override
    Database open(Path folder) {
        return RepeatingDatabase.always(SqliteDatabase.open(folder.resolve("metadata.db")));
    }

    @Test
    void each_change_runs_twice_and_happens_once() {
        var runs = new AtomicInteger();
        try (var database = open(folder)) {
            long rows = database.commit(handle -> {
                runs.incrementAndGet();
                handle.execute("insert into repositories (name) values ('one')");
                return handle.createQuery("select count(*) from repositories")
                        .mapTo(Long.class)
                        .one();
            });
            assertThat(rows).isEqualTo(1);
        }
        assertThat(runs).hasValue(2);
    }
}
