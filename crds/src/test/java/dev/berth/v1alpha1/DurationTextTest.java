package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "1h30m,     PT1H30M",
        "90s,       PT1M30S",
        "168h,      P7D",
        "1h1s,      PT1H1S",
        "0s,        PT0S",
        "007m,      PT7M",
        "1h90m90s,  PT2H31M30S",
        "9999999m,  PT9999999M",
        "999999999s, PT999999999S",
    })
    void hours_minutes_and_seconds_are_added(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "5",
                "1d",
                "1w",
                "1h1h",
                "30m1h",
                "1s1m",
                "1.5h",
                "-1h",
                "+1h",
                "1 h",
                " 1h",
                "1h ",
                "1H",
                "PT1H",
                "1ms",
                "1h\n",
                "100000h",
                "10000000m",
                "1000000000s",
                "1h100000m",
                "١h"
            })
    void anything_else_is_no_duration_and_the_sentence_shows_one(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration of hours, minutes and seconds, such as 1h30m");
    }

    /** The schema bounds the length, so a duration of the grammar that is longer would be refused without a reason. */
    @Test
    void the_longest_duration_is_as_long_as_the_schema_allows() {
        var longest = "99999h99999m99999s";
        assertThat(longest).hasSize(DurationText.LONGEST);
        assertThat(DurationText.parse(longest)).isLessThan(Duration.ofDays(365 * 290));
        assertThatThrownBy(() -> DurationText.parse("9" + longest)).isInstanceOf(IllegalArgumentException.class);
    }
}
