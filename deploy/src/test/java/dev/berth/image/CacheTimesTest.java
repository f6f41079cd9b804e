package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cache in a format that is not known, as a new JDK may write it. */
final class CacheTimesTest {
    private static final byte[] UNKNOWN = "a cache of JDK 99".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path cache = Path.of("cache.aot");

    @BeforeEach
    void write() throws IOException {
        cache = Files.write(folder.resolve("cache.aot"), UNKNOWN);
    }

    @Test
    void a_cache_that_is_not_understood_stays_and_the_build_goes_on_with_the_reason() throws IOException {
        assertThat(CacheTimes.FORGET.treat(cache, "berth-server", Duration.ZERO))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("berth-server is built, but a second build will not give the same bytes")
                        .contains("it begins otherwise", Runtime.version().toString()));
        assertThat(cache).hasBinaryContent(UNKNOWN);
    }

    @Test
    void a_person_can_switch_the_change_off() throws IOException {
        assertThat(CacheTimes.parse("keep").treat(cache, "berth-server", Duration.ZERO))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("image.cacheTimes is keep"));
        assertThat(cache).hasBinaryContent(UNKNOWN);
    }

    @Test
    void each_choice_is_read_by_its_own_name_and_another_says_what_there_is() {
        for (var choice : CacheTimes.values()) {
            assertThat(CacheTimes.parse(choice.toString())).isEqualTo(choice);
        }
        assertThatThrownBy(() -> CacheTimes.parse("false"))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("image.cacheTimes is 'forget' or 'keep', not 'false'");
    }
}
