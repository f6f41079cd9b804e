package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteQuantityTest {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "20Gi", "20G", "1.5Ti", "1.25Mi", "1024k", "0.5Gi", "0.50Gi", "0.500Gi", "0.05Gi", "0.050Gi",
                "0.001k", "0.10Gi", "0.100Ti", "10.050M", "100", "100Pi"
            })
    void a_positive_number_of_bytes_is_a_size(String size) {
        assertThatCode(() -> ByteQuantity.check(new Quantity(size))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0Gi",
                "-1Gi",
                "+1Gi",
                "0.0Gi",
                "0.00Gi",
                "0.000Gi",
                "00.5Gi",
                "020Gi",
                "0.5",
                ".5Gi",
                "5.Gi",
                "1.2345Gi",
                "1e3",
                "1E3",
                "1Ei",
                "500m",
                "1u",
                "1gi",
                "1GiB",
                "1 Gi",
                "Gi",
                "1Gi\n",
                "1,5Gi"
            })
    void anything_else_is_none_and_the_sentence_says_so(String size) {
        assertThatThrownBy(() -> ByteQuantity.check(written(size)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a positive quantity, such as 20Gi");
    }

    /** The API server and the operator count with 64 bits. */
    @Test
    void the_largest_size_of_each_suffix_fits_64_bits_and_a_longer_number_is_none() {
        for (var suffix : List.of("", "k", "Ki", "M", "Mi", "G", "Gi", "T", "Ti", "P", "Pi")) {
            var digits = 1;
            while (isSize("9".repeat(digits + 1) + ".999" + suffix)) {
                digits++;
            }
            assertThat(new Quantity("9".repeat(digits) + ".999" + suffix).getNumericalAmount())
                    .as("the largest number of %s", suffix)
                    .isLessThan(MOST)
                    .isGreaterThan(BigDecimal.valueOf(100_000_000_000_000L));
        }
    }

    @Test
    void no_size_is_less_than_a_byte() {
        assertThat(new Quantity("0.001k").getNumericalAmount()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(isSize("0.001")).isFalse();
    }

    private static boolean isSize(String text) {
        return Pattern.matches(ByteQuantity.GRAMMAR, text);
    }

    /** A quantity as JSON has it: the constructor refuses some of these itself. */
    private static Quantity written(String text) {
        var quantity = new Quantity();
        quantity.setAmount(text);
        quantity.setFormat("");
        return quantity;
    }
}
