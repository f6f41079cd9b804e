package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** SQLite's native library, which its JDBC driver carries in its jar. */
final class SqliteLibrary {
    static final String FOLDER = "/opt/berth/native";
    static final String NAME = "libsqlitejdbc.so";
    private static final String ENTRY = "org/sqlite/native/Linux/x86_64/" + NAME;

    private SqliteLibrary() {}

    static boolean isDriver(Path jar) {
        return jar.getFileName().toString().startsWith("sqlite-jdbc-");
    }

    static byte[] of(Path driver) {
        try (ZipFile jar = new ZipFile(driver.toFile())) {
            ZipEntry entry = jar.getEntry(ENTRY);
            if (entry == null) {
                throw new ImageBuildException(driver + " holds no " + ENTRY);
            }
            return jar.getInputStream(entry).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
