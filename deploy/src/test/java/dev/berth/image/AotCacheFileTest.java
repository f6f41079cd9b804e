package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On archives that this JDK writes. */
final class AotCacheFileTest {
    @TempDir
    Path folder;

    @Test
    void two_caches_of_the_same_classes_become_the_same_bytes_and_pass_the_jvms_own_check()
            throws IOException, InterruptedException {
        Path first = dump("first");
        Path second = dump("second");

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(java(List.of(
                        "-XX:AOTCache=" + first,
                        "-XX:AOTMode=on",
                        "-XX:+VerifySharedSpaces",
                        "-XX:+UseSerialGC",
                        "-version")))
                .isZero();
    }

    @Test
    void a_file_of_another_form_is_refused_and_left_alone() throws IOException {
        Path other = Files.write(folder.resolve("other.aot"), new byte[4096]);

        assertThatThrownBy(() -> new AotCacheFile(other).forgetWhenItWasMade(Duration.ZERO, Duration.ofDays(1)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("is no ahead-of-time cache as JDK 25 writes it");
        assertThat(other).hasBinaryContent(new byte[4096]);
    }

    private Path dump(String name) throws IOException, InterruptedException {
        Path cache = folder.resolve(name);
        Duration started = Duration.ofNanos(System.nanoTime());
        int status = java(List.of(
                "-Xshare:dump",
                "-XX:SharedArchiveFile=" + cache,
                "-XX:+AOTClassLinking",
                "-XX:+UseSerialGC",
                "-Xmx128m"));
        assertThat(status).isZero();
        new AotCacheFile(cache).forgetWhenItWasMade(started, Duration.ofNanos(System.nanoTime()));
        return cache;
    }

    private int java(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.command().addAll(arguments);
        return java.redirectErrorStream(true)
                .redirectOutput(folder.resolve("java.log").toFile())
                .start()
                .waitFor();
    }
}
