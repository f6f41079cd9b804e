package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each fuzz test on its seeds and then for a short while on what grows from them, each in a JVM of its own, as its agent wants it.
 * `registry-server/bin/fuzz` does the same for as long as you like; it says how long by a system property.
 */
final class FuzzIT {
    private static final int SECONDS = Integer.getInteger("berth.fuzz.seconds", 1);
    private static final int PATIENCE_SECONDS = 120;
    private static final Path FOLDER = Path.of("target", "fuzz");

    record Target(String type, String method) {
        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1) + "." + method;
        }
    }

    static Stream<Target> targets() {
        return new ClassFileImporter()
                .importPath(Path.of("target", "test-classes", "dev", "berth", "registry")).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FuzzTest.class))
                        .map(method -> new Target(method.getOwner().getName(), method.getName()))
                        .sorted((one, two) -> one.toString().compareTo(two.toString()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothing_that_is_parsed_can_break_its_parser(Target target) throws Exception {
        var output = Files.createDirectories(FOLDER).resolve(target + ".log");
        var process = new ProcessBuilder(command(target))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ended in time, see %s", output)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output).content().containsPattern("Done \\d+ runs");
    }

    private static List<String> command(Target target) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Most of a short run is the start of its JVM.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type(),
                "--target_method=" + target.method(),
                "-max_total_time=" + SECONDS,
                // One input takes no longer than this, however it was made.
                "-timeout=5",
                "-rss_limit_mb=0");
    }
}
