package dev.berth.registry.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.Counts;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `bench/Fill.java` uses the server's classes and is no part of the build: without this a renamed class would break it unseen. */
final class FillTest {
    private static final Path SOURCE = Path.of("../bench/Fill.java");

    @TempDir
    Path folder;

    @Test
    void the_folder_of_a_benchmark_has_the_images_and_tags_that_were_asked_for() throws Exception {
        compile();

        fill("60");
        fill("tags", "bench/tags", "2500");

        var settings =
                new StorageSettings(folder.resolve("data"), StorageSettings.DEFAULT_LEASE, UploadSettings.DEFAULT);
        try (var stores = Stores.openToRead(settings, Clock.systemUTC())) {
            assertThat(stores.metadata().totals().read())
                    .extracting(Counts::repositories, Counts::manifests, Counts::tags)
                    .containsExactly(51L, 61L, 50L + 2500L);
        }
    }

    private void compile() throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            var compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(SOURCE))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private void fill(String... arguments) throws Exception {
        var all = new String[arguments.length + 1];
        all[0] = folder.resolve("data").toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Fill").getMethod("main", String[].class).invoke(null, (Object) all);
        } catch (InvocationTargetException e) {
            throw new AssertionError("bench/Fill.java failed", e.getCause());
        }
    }
}
