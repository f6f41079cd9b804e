package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.image.hotspot.AotCacheFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds what is packaged here once more, from a copy of it in another folder. */
final class ReproducibleImagesIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> PACKAGED = List.of(
            "registry-server/target/berth-registry.jar",
            "registry-server/target/lib",
            "operator/target/berth-operator.jar",
            "operator/target/lib");

    @TempDir
    Path elsewhere;

    @Test
    void both_images_are_the_same_bytes_wherever_and_whenever_they_are_built() throws IOException {
        for (var part : PACKAGED) {
            copy(REPOSITORY.resolve(part), elsewhere.resolve(part));
        }
        var images = elsewhere.resolve("images");

        BuildImages.main(
                elsewhere.toString(),
                images.toString(),
                System.getProperty("image.version"),
                System.getProperty("image.time"),
                System.getProperty("image.cacheTimes"));

        assumeThat(System.getProperty("image.cacheTimes"))
                .as("images whose caches keep their times differ from build to build")
                .isEqualTo("forget");
        assumeThat(new AotCacheFile(images.resolve("berth-server/berth-server.aot"))
                        .forgetWhenItWasMade(Duration.ZERO, Duration.ZERO))
                .as("the JDK here writes a format that is not known, so its times stay")
                .isEmpty();

        for (var archive : List.of("berth-server.tar", "berth-operator.tar")) {
            assertThat(images.resolve(archive)).hasSameBinaryContentAs(Path.of("target/images", archive));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
