package dev.berth.image.hotspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
        var first = dump("first");
        var second = dump("second");

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(uses(first)).isZero();
    }

    @Test
    void a_cache_in_the_format_of_another_jdk_is_left_alone_and_the_jvm_still_takes_it()
            throws IOException, InterruptedException {
        var cache = write("cache");
        var written = Files.readAllBytes(cache);
        var other = Files.write(folder.resolve("other"), withFormat(written, 20));
        var before = Files.readAllBytes(other);

        assertThat(new AotCacheFile(other).forgetWhenItWasMade(Duration.ZERO, Duration.ofDays(36_500)))
                .hasValueSatisfying(why -> assertThat(why).contains("version 20 instead of 19"));
        assertThat(other).hasBinaryContent(before);
        assertThat(uses(cache)).as("the JVM needs no change to its own cache").isZero();
    }

    @Test
    void a_file_of_another_form_is_left_alone_and_says_why() throws IOException {
        var other = Files.write(folder.resolve("other.aot"), new byte[4096]);

        assertThat(new AotCacheFile(other).forgetWhenItWasMade(Duration.ZERO, Duration.ofDays(1)))
                .hasValueSatisfying(why -> assertThat(why).contains("does not have the form that JDK 25 writes"));
        assertThat(other).hasBinaryContent(new byte[4096]);
    }

    @Test
    void a_damaged_cache_is_left_alone_wherever_the_damage_is() throws IOException, InterruptedException {
        var written = Files.readAllBytes(write("cache"));
        for (int at : new int[] {0, 5, 12, 15, 24, 48, 52, 200, 300, 700}) {
            var damaged = written.clone();
            damaged[at] ^= (byte) 0x80;
            var file = Files.write(folder.resolve("damaged"), damaged);

            assertThat(new AotCacheFile(file).forgetWhenItWasMade(Duration.ZERO, Duration.ofDays(36_500)))
                    .as("damage at byte %d", at)
                    .isPresent();
            assertThat(Arrays.equals(Files.readAllBytes(file), damaged))
                    .as("unchanged with damage at byte %d", at)
                    .isTrue();
        }
    }

    private static byte[] withFormat(byte[] cache, int version) {
        var other = cache.clone();
        ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(8, version);
        return other;
    }

    private Path dump(String name) throws IOException, InterruptedException {
        var started = Duration.ofNanos(System.nanoTime());
        var cache = write(name);
        var left = new AotCacheFile(cache).forgetWhenItWasMade(started, Duration.ofNanos(System.nanoTime()));
        assumeThat(left).as("this JDK writes a format that is not known").isEmpty();
        return cache;
    }

    private Path write(String name) throws IOException, InterruptedException {
        var cache = folder.resolve(name);
        int status = java(List.of(
                "-Xshare:dump",
                "-XX:SharedArchiveFile=" + cache,
                "-XX:+AOTClassLinking",
                "-XX:+UseSerialGC",
                "-Xmx128m"));
        assertThat(status).isZero();
        return cache;
    }

    private int uses(Path cache) throws IOException, InterruptedException {
        return java(List.of(
                "-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-XX:+VerifySharedSpaces", "-XX:+UseSerialGC", "-version"));
    }

    private int java(List<String> arguments) throws IOException, InterruptedException {
        var java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.command().addAll(arguments);
        return java.redirectErrorStream(true)
                .redirectOutput(folder.resolve("java.log").toFile())
                .start()
                .waitFor();
    }
}
