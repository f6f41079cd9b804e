package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.InvalidReference.Part;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TagTest {
    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.27", "v1", "_", "A", "1.0.0-rc.1_build.7", "sha256-2cf24d.sig"})
    void a_tag_is_taken(String text) {
        assertThat(Reference.parse(text)).isEqualTo(new Tag(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-x", "a/b", "a b", "ä", "a\n", "latest\u0000"})
    void what_is_no_tag_is_refused_as_one(String text) {
        assertThatExceptionOfType(InvalidReference.class)
                .isThrownBy(() -> Reference.parse(text))
                .satisfies(refused -> assertThat(refused.part()).isEqualTo(Part.TAG));
    }

    @Property
    void of_spec_letters_up_to_128_are_a_tag(@ForAll @StringLength(min = 1, max = 130) @TagLetters String text) {
        var right = text.length() <= 128 && text.charAt(0) != '.' && text.charAt(0) != '-';

        assertThat(isTag(text)).isEqualTo(right);
    }

    private static boolean isTag(String text) {
        try {
            return new Tag(text).value().equals(text);
        } catch (InvalidReference refused) {
            return false;
        }
    }
}
