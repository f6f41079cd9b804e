package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Tag;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TagVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.27.3,1.27.3",
        "v1.27.3,1.27.3",
        "1.27,1.27.0",
        "24.04,24.4.0",
        "1.27.3-alpine,1.27.3-alpine",
        "2.0.0-rc.1,2.0.0-rc.1"
    })
    void a_version_is_read(String tag, String version) {
        assertThat(TagVersion.of(new Tag(tag)))
                .map(read -> read.version().toString())
                .contains(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "16",
                "20240612",
                "1.2.3.4",
                "1.",
                "1.2_3",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a_b",
                "V1.2",
                "1.9999999999",
                "1.2.3-99999999999999999999",
                "1.2.3-rc.99999999999"
            })
    void what_is_no_version_is_none(String tag) {
        assertThat(TagVersion.of(new Tag(tag))).isEmpty();
    }

    @Test
    void versions_sort_by_precedence_and_one_version_by_how_much_its_tag_says() {
        var tags = Stream.of("1.10.0", "1.9.0", "v1.10.0", "1.10", "2.0.0-rc.10", "2.0.0-rc.9", "2.0.0")
                .map(Tag::new)
                .flatMap(tag -> TagVersion.of(tag).stream())
                .sorted()
                .map(version -> version.tag().value());

        assertThat(tags).containsExactly("1.9.0", "1.10", "1.10.0", "v1.10.0", "2.0.0-rc.9", "2.0.0-rc.10", "2.0.0");
    }

    @Property
    void numbers_count_as_numbers(
            @ForAll @IntRange(max = 999_999_999) int one, @ForAll @IntRange(max = 999_999_999) int other) {
        var first = TagVersion.of(new Tag("1." + one)).orElseThrow();
        var second = TagVersion.of(new Tag("1." + other)).orElseThrow();

        assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Integer.compare(one, other));
    }
}
