package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BuildSettingsTest {
    @Test
    void maven_passes_folders_as_seen_from_its_module_and_they_are_made_absolute() {
        var settings = BuildSettings.of("..", "target/../target/images", "0.1.0", "2026-11-28T00:00:00Z", "keep");

        assertThat(settings.repository()).isEqualTo(Path.of("").toAbsolutePath().getParent());
        assertThat(settings.output()).isEqualTo(Path.of("").toAbsolutePath().resolve("target/images"));
        assertThat(settings.version()).isEqualTo("0.1.0");
        assertThat(settings.time()).isEqualTo(Instant.parse("2026-11-28T00:00:00Z"));
        assertThat(settings.cacheTimes()).isEqualTo(CacheTimes.KEEP);
    }

    /** A download that lay in the tree would be lost with `mvn clean`. */
    @Test
    void downloads_are_kept_outside_of_the_tree() {
        var settings = BuildSettings.of("..", "images", "1", "2026-11-28T00:00:00Z", "forget");

        assertThat(settings.cache().toAbsolutePath())
                .satisfies(cache ->
                        assertThat(cache.startsWith(settings.repository())).isFalse());
    }

    @Test
    void another_number_of_arguments_is_answered_with_what_they_are() {
        assertThatThrownBy(() -> BuildSettings.of("..", "images", "1", "2026-11-28T00:00:00Z"))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("the arguments are: repository, output folder, version, time, cache times");
    }
}
