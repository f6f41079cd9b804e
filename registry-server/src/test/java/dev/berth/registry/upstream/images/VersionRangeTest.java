package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.version.VersionRange;
import dev.berth.registry.reference.Tag;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        ">=1.25 <2, 1.27.3, true",
        ">=1.25 <2, 1.25, true",
        ">=1.25 <2, 2.0.0, false",
        ">= 1.25 < 2, 1.27.3, true",
        ">=1.25 <2, 1.27.3-alpine, false",
        "^1.2, 1.9.9, true",
        "^1.2, 2.0, false",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        "1.x, 1.99, true",
        "1.2 - 1.4, 1.4.9, true",
        "1.2 - 1.4, 1.5.0, false",
        "1.2.x || >=3, 3.1, true",
        "1.2.x || >=3, 2.9, false",
        "*, 0.1, true",
        ">=2.0.0-rc.1, 2.0.0-rc.2, true",
        ">=2.0.0-rc.1, 2.1.0-rc.2, false"
    })
    void a_range_includes_what_npm_would(String range, String tag, boolean included) {
        var version = TagVersion.of(new Tag(tag)).orElseThrow().version();

        assertThat(VersionRange.parse(range).orElseThrow().includes(version)).isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "garbage",
                "latest",
                ">=",
                "=>1",
                ">=1.25, <2",
                ">=1.25 <",
                ">=1.25 foo",
                "1.2.3.4",
                ">=a",
                "99999999999",
                "1 ||",
                "[1.2,1.3]"
            })
    void what_would_be_half_understood_is_none(String range) {
        assertThat(VersionRange.parse(range)).isEmpty();
    }

    @Property
    void whatever_is_taken_can_be_asked(
            @ForAll
                    @StringLength(max = 24)
                    @Chars({'<', '>', '=', '^', '~', ' ', '|', '.', '-', 'x', '*', 'v', 'a'})
                    @CharRange(from = '0', to = '9')
                    String text) {
        var version = TagVersion.of(new Tag("1.2.3")).orElseThrow().version();

        assertThat(VersionRange.parse(text).map(range -> range.includes(version)))
                .isNotNull();
    }
}
