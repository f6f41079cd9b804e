package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.database.SqliteDatabase;
import java.nio.file.Path;

/** The databases that every table class is tested on. */
enum TestDatabase {
    SQLITE {
        @Override
        Database open(Path folder) {
            return SqliteDatabase.open(folder.resolve("metadata.db"));
        }
    };

    /** Opens the database that belongs to `folder`; a second time as after a restart. */
    abstract Database open(Path folder);
}
