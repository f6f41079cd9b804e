package dev.berth.protocol.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortTextTest {
    @ParameterizedTest
    @CsvSource({
        "'',       5, ''",
        "short,    5, short",
        "longer,   5, long…",
        "🚢🚢,     4, 🚢🚢",
        "🚢🚢🚢,   4, 🚢…",
        "🚢🚢🚢,   5, 🚢🚢…",
        "a🚢🚢,    4, a🚢…",
    })
    void a_long_text_ends_in_dots_and_no_character_is_halved(String text, int longest, String shown) {
        assertThat(ShortText.of(text, longest)).isEqualTo(shown);
    }

    @Property
    void what_is_shown_is_short_enough_and_survives_utf_8(
            @ForAll @StringLength(max = 12) String text, @ForAll @IntRange(min = 2, max = 12) int longest) {
        var sent = new String(text.getBytes(UTF_8), UTF_8); // whatever arrives is well-formed
        var shown = ShortText.of(sent, longest);
        assertThat(shown).hasSizeLessThanOrEqualTo(longest).isEqualTo(new String(shown.getBytes(UTF_8), UTF_8));
    }
}
