package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.database.RepeatingDatabase;
import dev.berth.registry.database.SqliteDatabase;
import java.nio.file.Path;

/** The databases that every table class is tested on. */
public enum TestDatabase {
    SQLITE {
        @Override
        Database open(Path folder) {
            return SqliteDatabase.open(folder.resolve("metadata.db"));
        }
    },

    /** Every change runs twice, and the first run is lost. */
    SQLITE_WITH_RETRIES {
        @Override
        Database open(Path folder) {
            return RepeatingDatabase.always(SQLITE.open(folder));
        }
    };

    /** Opens the database that belongs to `folder`; a second time as after a restart. */
    abstract Database open(Path folder);
}
