package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.InvalidReference.Part;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoryNameTest {
    /** As the distribution spec writes it ("Pulling manifests"). */
    private static final Pattern SPEC =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    @ParameterizedTest
    @ValueSource(strings = {"web", "team/web", "a/b/c/d", "a.b", "a_b", "a__b", "a-b", "a---b", "0", "x86-64/gcc.13"})
    void a_name_is_taken(String text) {
        assertThat(new RepositoryName(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "web/", "/web", "a//b", "Web", "a..b", "a___b", "a._b", "-a", "a-", "a.", "ä", "a b", "a:b",
                "../etc", "a/../b", "web\n"
            })
    void what_is_no_name_is_refused_as_one(String text) {
        assertThatExceptionOfType(InvalidReference.class)
                .isThrownBy(() -> new RepositoryName(text))
                .satisfies(refused -> assertThat(refused.part()).isEqualTo(Part.REPOSITORY));
    }

    @Test
    void a_name_has_at_most_255_characters() {
        assertThat(isName("a".repeat(255))).isTrue();
        assertThat(isName("a".repeat(256))).isFalse();
        assertThat(isName("a_".repeat(1_000_000))).isFalse();
    }

    @Property
    void a_name_is_what_the_spec_says(@ForAll("nearlyNames") String text) {
        assertThat(isName(text)).isEqualTo(SPEC.matcher(text).matches());
    }

    @Provide
    Arbitrary<String> nearlyNames() {
        return Arbitraries.of("a", "b0", "7", ".", "_", "-", "/", "__", "A")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static boolean isName(String text) {
        try {
            return new RepositoryName(text).value().equals(text);
        } catch (InvalidReference refused) {
            return false;
        }
    }
}
