package dev.berth.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name somebody meant who mistyped one. */
final class NearestNameTest {
    private static final List<String> KNOWN = List.of("port", "logLevel", "logFormat", "watchNamespaces");

    @ParameterizedTest
    @CsvSource({"prot, port", "PORT, port", "loglevle, logLevel", "watchNamespace, watchNamespaces"})
    void a_misspelt_name_is_recognized(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).contains(meant);
    }

    @Test
    void another_word_is_no_misspelling() {
        assertThat(NearestName.of("credentials", KNOWN)).isEmpty();
        assertThat(NearestName.of("port", List.of())).isEmpty();
    }
}
