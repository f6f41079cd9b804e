package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.InvalidReference.Part;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {
    private static final String HEX = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void the_digest_of_hello_is_what_everyone_says_it_is() {
        var hello = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(Algorithm.SHA256.digestOf(hello)).isEqualTo(Digest.parse("sha256:" + HEX));
        assertThat(Algorithm.SHA512.digestOf(hello).hex()).hasSize(128).startsWith("9b71d224bd62f378");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "sha256",
                "sha256:",
                "sha256:2cf2",
                "sha256:2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824",
                "sha512:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                "SHA256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                "md5:5d41402abc4b2a76b9719d911017c592",
                "sha256:../../../../../../etc/passwd",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982\u0660",
            })
    void what_is_no_digest_is_refused_as_one(String text) {
        assertThatExceptionOfType(InvalidReference.class)
                .isThrownBy(() -> Digest.parse(text))
                .satisfies(refused -> assertThat(refused.part()).isEqualTo(Part.DIGEST));
    }

    @Test
    void a_refusal_quotes_no_control_characters_and_no_novels() {
        assertThatExceptionOfType(InvalidReference.class)
                .isThrownBy(() -> Digest.parse("bad\r\nSet-Cookie: x:" + "y".repeat(5000)))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .doesNotContain("\r", "\n")
                        .hasSizeLessThan(300));
    }

    @Property
    void every_digest_is_read_back_as_it_was_written(@ForAll Algorithm algorithm, @ForAll byte[] bytes) {
        var digest = algorithm.digestOf(bytes);

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Reference.parse(digest.toString())).isEqualTo(digest);
    }

    @Property
    void any_text_is_a_digest_or_refused(@ForAll @StringLength(max = 200) String text) {
        try {
            assertThat(Digest.parse(text)).hasToString(text);
        } catch (InvalidReference refused) {
            assertThat(refused.part()).isEqualTo(Part.DIGEST);
        }
    }
}
