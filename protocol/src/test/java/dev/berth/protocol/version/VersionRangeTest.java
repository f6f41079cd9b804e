package dev.berth.protocol.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

/** The ranges that a spec may name. What they mean for tags is tested with the server's choice of tags. */
final class VersionRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {">=1.25 <2", "^1.2", "~1.2.3", "1.x", "*", "1.2 - 1.4", "1.x || >=2.5.0", "v1.2.3-rc.1"})
    void ranges_of_versions(String range) {
        assertThat(VersionRange.parse(range))
                .hasValueSatisfying(read -> assertThat(read)
                        .hasToString(range)
                        .isEqualTo(VersionRange.parse(range).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", ">=", "1.2.3.4", "1,2", "=>1", "1.2 -", "|| 1"})
    void no_ranges_of_versions(String text) {
        assertThat(VersionRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ">=1.25 <2, 1.27.3, true",
        ">=1.25 <2, 2.0.0, false",
        "1.x || >=2.5.0, 2.6.0, true",
        "^1.2, 1.9.0, true",
        "^1.2, 2.0.0, false",
        "^0.2.3, 0.3.0, false",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        "1.2 - 1.4, 1.4.9, true",
        "1.2 - 1.4, 1.5.0, false",
        "*, 7.1.2, true",
        "*, 7.1.2-rc.1, false",
        ">=1.2, 1.3.0-rc.1, false",
        ">=1.2.0-rc.1, 1.2.0-rc.2, true",
        ">=1.2.0-rc.1, 1.3.0-rc.1, false",
    })
    void a_version_is_in_a_range_or_not(String range, String version, boolean included) {
        assertThat(VersionRange.parse(range).orElseThrow().includes(new Semver(version)))
                .isEqualTo(included);
    }
}
